# SPDX-License-Identifier: EUPL-1.2
"""An account on X, through API v2."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

import orjson

from communique.events.delivery import Action
from syndicator.calls import Calls, document, excerpt
from syndicator.ports import (
    ActionRefused,
    DeliveryError,
    Destination,
    HttpAnswer,
    Order,
    OutcomeUnknown,
    Placed,
    Retry,
)

_JSON: Final = "application/json"
_FIELDS: Final = "max_results=100&tweet.fields=entities,referenced_tweets,edit_controls"
_DUPLICATE: Final = "duplicate content"
_EDIT_OVER: Final = ("no longer be edited", "no edits left", "not the latest version")


class X:
    """Posts with our link. An edit makes a new post id; after half an hour a reply corrects."""

    actions = frozenset({Action.CREATE, Action.EDIT, Action.REPLY, Action.NOTICE, Action.DELETE})
    retry: Mapping[Action, Retry] = {  # read only
        Action.CREATE: Retry.LOOK,
        Action.EDIT: Retry.LOOK,
        Action.REPLY: Retry.LOOK,
        Action.NOTICE: Retry.LOOK,
        Action.DELETE: Retry.SAFE,
    }
    exact = False
    pull = False

    def __init__(self, destination: Destination) -> None:
        """Take the destination."""
        self._destination = destination

    def perform(self, order: Order) -> Placed:
        """Post, edit, reply or delete."""
        if order.action is Action.CREATE:
            return self._post(order, {})
        if order.placed is None:
            raise DeliveryError("there is no post to change", permanent=True)
        parent = order.placed.external_id
        if order.action is Action.DELETE:
            return self._delete(order)
        if order.action is Action.EDIT:
            return self._post(order, {"edit_options": {"previous_post_id": parent}})
        return self._post(order, {"reply": {"in_reply_to_tweet_id": parent}})

    def look(self, order: Order) -> Placed | None:
        """Search our own timeline: by link, and by what the post edits or replies to."""
        user = quote(self._destination.setting("user"))
        answer = self._calls().read(f"{self._url()}/users/{user}/tweets?{_FIELDS}")
        if answer.status != 200:
            raise DeliveryError(f"cannot look: {excerpt(answer)}", permanent=False)
        for post in document(answer).get("data", []):
            if _is_ours(post, order):
                return self._placed(post["id"])
        return None

    def _post(self, order: Order, more: dict[str, Any]) -> Placed:
        made = orjson.loads(next(iter(order.rendered.values())).body)
        body = orjson.dumps({"text": f"{made['text']} {made['link']}", **more})
        answer = self._calls().change("POST", f"{self._url()}/tweets", body, _JSON)
        _check(answer, order.action)
        found = document(answer).get("data", {})
        if "id" not in found:
            raise OutcomeUnknown("the answer names no post")
        return self._placed(found["id"])

    def _delete(self, order: Order) -> Placed:
        """Delete our replies first: they would stand alone without the post."""
        placed = order.placed or Placed("")
        for each in (*reversed(order.replies), placed.external_id):
            answer = self._calls().change(
                "DELETE", f"{self._url()}/tweets/{quote(each)}", b"", _JSON
            )
            if answer.status != 404:
                _check(answer, order.action)
        return placed

    def _placed(self, post: str) -> Placed:
        return Placed(post, f"https://x.com/i/status/{post}")

    def _url(self) -> str:
        return self._destination.setting("url").rstrip("/")

    def _calls(self) -> Calls:
        headers = {"Authorization": f"Bearer {self._destination.secret()}"}
        return Calls(self._destination.http, headers)


def _check(answer: HttpAnswer, action: Action) -> None:
    if answer.status < 400:
        return
    problem = document(answer)
    lines = [str(each.get("message", "")) for each in problem.get("errors", [])]
    reason = " ".join([str(problem.get("detail") or excerpt(answer)), *lines]).strip()
    if _DUPLICATE in reason:  # our own post stands there already, or one that reads the same
        raise OutcomeUnknown(reason)
    if action is Action.EDIT and any(words in reason for words in _EDIT_OVER):
        raise ActionRefused(reason)
    raise DeliveryError(f"{answer.status}: {reason}", permanent=True)


def _is_ours(post: dict[str, Any], order: Order) -> bool:
    placed = order.placed.external_id if order.placed else None
    parents = [each["id"] for each in post.get("referenced_tweets", [])]
    if order.action is Action.EDIT:
        return placed in post.get("edit_history_tweet_ids", []) and post["id"] != placed
    if post["id"] in order.replies or order.reference not in _links(post):
        return False
    if order.action is Action.CREATE:
        return not parents
    return placed in parents


def _links(post: dict[str, Any]) -> Iterator[str]:
    """Yield what the post links to; what X does not take for a link stands in the text as it is."""
    yield from post.get("text", "").split()
    for url in post.get("entities", {}).get("urls", []):
        yield url.get("expanded_url", "")
