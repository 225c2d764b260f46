# SPDX-License-Identifier: EUPL-1.2
"""The addresses and shapes of X's API, version 2."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request

from communique.clock import rfc3339
from local_stack.platforms.posts import Post, Version
from local_stack.platforms.weight import urls
from local_stack.platforms.x import EDITABLE_FOR, EDITS, ProblemError, XAccounts, invalid

PROBLEMS = "https://api.twitter.com/2/problems"


def x_blueprint(accounts: XAccounts) -> Blueprint:
    """Serve the accounts."""
    api = Blueprint("x", __name__, url_prefix="/x/2")

    @api.post("/tweets")
    def create() -> Response:
        user = accounts.authorise(_token())
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise invalid("[$] must be a JSON object")
        post = accounts.publish(user, body)
        return make_response(jsonify({"data": _tweet(post, post.versions[-1], frozenset())}), 201)

    @api.delete("/tweets/<post_id>")
    def delete(post_id: str) -> Response:
        accounts.delete(accounts.authorise(_token()), post_id)
        return jsonify({"data": {"deleted": True}})

    @api.get("/tweets/<post_id>")
    def read(post_id: str) -> Response:
        accounts.authorise(_token())
        post = accounts.find_live(post_id)
        if post is None:
            return jsonify({"errors": [_not_found(post_id)]})
        version = next(each for each in post.versions if each.id == post_id)
        return jsonify({"data": _tweet(post, version, _fields())})

    @api.get("/users/<user>/tweets")
    def list_posts(user: str) -> Response:
        accounts.authorise(_token())
        return jsonify(_timeline(accounts, user))

    @api.get("/users/me")
    def me() -> Response:
        user = accounts.authorise(_token())
        return jsonify({"data": {"id": user, "name": user, "username": f"account{user}"}})

    api.register_error_handler(ProblemError, problem)
    return api


def problem(error: ProblemError) -> Response:
    """Write an error as X does."""
    document: dict[str, Any] = {
        "title": error.title,
        "detail": error.detail,
        "type": f"{PROBLEMS}/invalid-request" if error.messages else "about:blank",
        "status": error.status,
    }
    if error.messages:
        document["errors"] = [{"message": message} for message in error.messages]
    answer = make_response(jsonify(document), error.status)
    answer.content_type = "application/problem+json"
    return answer


def x_fault(status: int) -> Response:
    """Write the failure that a status on demand stands for."""
    titles = {401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests"}
    title = titles.get(status, "Service Unavailable" if status >= 500 else "Invalid Request")
    return problem(ProblemError(status, title, "An injected failure"))


def _token() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else None


def _fields() -> frozenset[str]:
    return frozenset(request.args.get("tweet.fields", "").split(","))


def _timeline(accounts: XAccounts, user: str) -> dict[str, Any]:
    limit = _number("max_results", 10)
    if not 5 <= limit <= 100:
        raise invalid("The max_results query parameter value is not between 5 and 100")
    token, since = request.args.get("pagination_token"), request.args.get("since_id")
    if not all(value is None or value.isdigit() for value in (token, since)):
        raise invalid("The since_id or pagination_token query parameter value is not valid")
    found = accounts.timeline(user, since_id=since, until_id=token)
    shown = found[:limit]
    if not shown:
        return {"meta": {"result_count": 0}}
    meta: dict[str, Any] = {
        "result_count": len(shown),
        "newest_id": shown[0].id,
        "oldest_id": shown[-1].id,
    }
    if len(found) > limit:
        meta["next_token"] = shown[-1].id
    fields = _fields()
    return {"data": [_tweet(post, post.versions[-1], fields) for post in shown], "meta": meta}


def _number(name: str, default: int) -> int:
    value = request.args.get(name, str(default))
    if not value.isdigit():
        raise invalid(f"The {name} query parameter value [{value}] is not a number")
    return int(value)


def _tweet(post: Post, version: Version, fields: frozenset[str]) -> dict[str, Any]:
    optional = {
        "author_id": post.account,
        "created_at": rfc3339(version.at),
        "conversation_id": post.parent or post.versions[0].id,
        "referenced_tweets": [{"type": "replied_to", "id": post.parent}] if post.parent else None,
        "edit_controls": _edit_controls(post),
        "entities": _entities(version.text),
    }
    return {
        "id": version.id,
        "text": _shown(version.text),
        "edit_history_tweet_ids": [each.id for each in post.versions],
        **{name: value for name, value in optional.items() if name in fields and value},
    }


def _shown(text: str) -> str:
    for url in reversed(urls(text)):
        text = text[: url.start] + url.short + text[url.end :]
    return text


def _entities(text: str) -> Mapping[str, Any]:
    found = [{"url": url.short, "expanded_url": url.expanded} for url in urls(text)]
    return {"urls": found} if found else {}


def _edit_controls(post: Post) -> Mapping[str, Any]:
    return {
        "edits_remaining": EDITS + 1 - len(post.versions),
        "is_edit_eligible": True,
        "editable_until": rfc3339(post.created_at + EDITABLE_FOR),
    }


def _not_found(post_id: str) -> Mapping[str, str]:
    return {
        "value": post_id,
        "detail": f"Could not find tweet with id: [{post_id}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "id",
        "resource_id": post_id,
        "type": f"{PROBLEMS}/resource-not-found",
    }
