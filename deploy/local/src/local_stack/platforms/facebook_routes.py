# SPDX-License-Identifier: EUPL-1.2
"""The Graph API's addresses, parameters and shapes."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, make_response, request

from local_stack.platforms.facebook import FacebookPages, GraphError, write_cursor
from local_stack.platforms.photos import Photos
from local_stack.platforms.posts import Post

VERSION = "v26.0"
DEFAULT_FIELDS = frozenset({"id", "message", "created_time"})


def facebook_blueprint(pages: FacebookPages) -> Blueprint:
    """Serve the Pages."""
    graph = Blueprint("facebook", __name__, url_prefix=f"/graph/{VERSION}")

    @graph.post("/<page>/feed")
    def create(page: str) -> Response:
        parameters = parameters_of_request()
        pages.authorise(token_of_request(parameters), page)
        return jsonify({"id": pages.publish(page, parameters).id})

    @graph.post("/<page>/photos")
    def upload(page: str) -> Response:
        parameters = parameters_of_request()
        pages.authorise(token_of_request(parameters), page)
        photo_id, post = pages.add_photo(page, parameters)
        return jsonify({"id": photo_id} if post is None else {"id": photo_id, "post_id": post.id})

    @graph.get("/<page>/feed")
    def list_posts(page: str) -> Response:
        parameters = parameters_of_request()
        pages.authorise(token_of_request(parameters), page)
        found, more = pages.feed(page, parameters)
        return jsonify(_feed(found, parameters, pages.photos, more=more))

    @graph.get("/<post_id>")
    def read(post_id: str) -> Response:
        parameters = parameters_of_request()
        pages.authorise(token_of_request(parameters), _page_of(post_id))
        return jsonify(_document(pages.read(post_id), _fields(parameters), pages.photos))

    @graph.post("/<post_id>")
    def edit(post_id: str) -> Response:
        parameters = parameters_of_request()
        pages.authorise(token_of_request(parameters), _page_of(post_id))
        pages.edit(pages.read(post_id), parameters)
        return jsonify({"success": True})

    @graph.delete("/<post_id>")
    def delete(post_id: str) -> Response:
        pages.authorise(token_of_request(parameters_of_request()), _page_of(post_id))
        pages.delete(pages.read(post_id))
        return jsonify({"success": True})

    graph.register_error_handler(GraphError, graph_error)
    return graph


def parameters_of_request() -> dict[str, Any]:
    """Gather what was sent, wherever the Graph API lets it stand."""
    body = request.get_json(silent=True) if request.is_json else None
    return {
        **request.args.to_dict(),
        **request.form.to_dict(),
        **(body if isinstance(body, dict) else {}),
    }


def token_of_request(parameters: Mapping[str, Any]) -> str | None:
    """Return the access token, from the header or a parameter."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else parameters.get("access_token")


def graph_error(error: GraphError, *, transient: bool = False) -> Response:
    """Write an error as the Graph API does."""
    document: dict[str, Any] = {
        "message": str(error),
        "type": "OAuthException",
        "is_transient": transient,
        "code": error.code,
        "fbtrace_id": f"A{abs(hash(str(error))):x}",
    }
    if error.subcode is not None:
        document["error_subcode"] = error.subcode
    return make_response(jsonify({"error": document}), error.status)


def graph_fault(status: int) -> Response:
    """Write the failure that a status on demand stands for."""
    codes = {401: 190, 403: 10, 429: 4}
    code = codes.get(status, 2 if status >= 500 else 100)
    error = GraphError(code, f"(#{code}) An injected failure", status=status)
    return graph_error(error, transient=code in {2, 4})


def _page_of(post_id: str) -> str:
    return post_id.partition("_")[0]


def _fields(parameters: Mapping[str, Any]) -> frozenset[str]:
    asked = re.sub(r"\{[^{}]*\}", "", str(parameters.get("fields", "")))
    return frozenset(filter(None, asked.split(","))) | {"id"} if asked else DEFAULT_FIELDS


def _feed(
    found: list[Post], parameters: Mapping[str, Any], photos: Photos, *, more: bool
) -> dict[str, Any]:
    if not found:
        return {"data": []}
    cursors = {"before": write_cursor(found[0]), "after": write_cursor(found[-1])}
    paging: dict[str, Any] = {"cursors": cursors}
    if more:
        kept = {name: value for name, value in parameters.items() if name != "access_token"}
        paging["next"] = f"{request.base_url}?{urlencode({**kept, 'after': cursors['after']})}"
    fields = _fields(parameters)
    return {"data": [_document(post, fields, photos) for post in found], "paging": paging}


def _document(post: Post, fields: frozenset[str], photos: Photos) -> dict[str, Any]:
    whole = {
        "id": post.id,
        "message": post.text,
        "created_time": _time(post.created_at),
        "updated_time": _time(post.edited_at or post.created_at),
        "permalink_url": f"https://www.facebook.com/{post.id}",
        "is_published": True,
        "attachments": {"data": _attachments(post, photos)},
    }
    return {name: value for name, value in whole.items() if name in fields and value != ""}


def _attachments(post: Post, photos: Photos) -> list[dict[str, Any]]:
    shown = [
        {"media_type": "photo", "target": {"id": photo.id}, "url": photo.url}
        for photo in map(photos.find, post.attachments)
        if photo is not None
    ]
    if post.link is not None and not shown:
        return [{"media_type": "link", "url": post.link, "unshimmed_url": post.link}]
    return shown


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")
