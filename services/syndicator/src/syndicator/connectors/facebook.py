# SPDX-License-Identifier: EUPL-1.2
"""A Facebook Page, through the Graph API."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

import orjson

from communique.events.delivery import Action
from syndicator.calls import Calls, document, excerpt, retry_after
from syndicator.ports import (
    DeliveryError,
    Destination,
    HttpAnswer,
    Order,
    OutcomeUnknown,
    Placed,
    Retry,
)

_FORM: Final = "application/x-www-form-urlencoded"
_TRANSIENT: Final = frozenset({1, 2, 4, 17, 32, 341})  # "try again": nothing was done
_DUPLICATE: Final = 506  # our own post stands there already, or one that reads the same
_PICTURE_REFUSED: Final = frozenset({324, 1_366_046})  # Facebook fetches it; we may be away
_PICTURE_ATTEMPTS: Final = 5  # then the text goes without it: it matters more
_NOT_THERE: Final = (100, 33)
_FIELDS: Final = "id,message,permalink_url,attachments{unshimmed_url,url}"
_CLOCKS_DIFFER_BY: Final = 120


class Facebook:
    """Posts with the link as a card, or with the picture; edits and deletes by id."""

    actions = frozenset({Action.CREATE, Action.EDIT, Action.NOTICE, Action.DELETE})
    retry: Mapping[Action, Retry] = {  # read only
        Action.CREATE: Retry.LOOK,
        Action.EDIT: Retry.SAFE,
        Action.NOTICE: Retry.SAFE,
        Action.DELETE: Retry.SAFE,
    }
    exact = False
    pull = False

    def __init__(self, destination: Destination) -> None:
        """Take the destination."""
        self._destination = destination

    def perform(self, order: Order) -> Placed:
        """Create, edit or delete the post."""
        if order.action is Action.CREATE:
            return self._create(orjson.loads(_body(order)), order.attempt)
        if order.placed is None:
            raise DeliveryError("there is no post to change", permanent=True)
        if order.action is Action.DELETE:
            return self._delete(order.placed)
        self._change("POST", order.placed.external_id, {"message": _message(order)})
        return order.placed

    def look(self, order: Order) -> Placed | None:
        """Search the Page for a post with our link."""
        query = {"fields": _FIELDS, "limit": "100"}
        if order.since is not None:
            query["since"] = str(int(order.since.timestamp()) - _CLOCKS_DIFFER_BY)
        page = quote(self._destination.setting("page"))
        answer = self._calls().read(f"{self._url(page)}/feed?{urlencode(query)}")
        if answer.status != 200:
            raise DeliveryError(f"cannot look: {excerpt(answer)}", permanent=False)
        for post in document(answer).get("data", []):
            if order.reference in _links(post):
                return Placed(post["id"], post.get("permalink_url"))
        return None

    def _create(self, post: dict[str, Any], attempt: int) -> Placed:
        page = self._destination.setting("page")
        parameters = {"message": _with_link(post)}
        photo = self._photo(page, post) if attempt <= _PICTURE_ATTEMPTS else None
        if not photo:
            parameters = {"message": post["message"], "link": post["link"]}
        else:
            parameters["attached_media"] = orjson.dumps([{"media_fbid": photo}]).decode()
        found = document(self._change("POST", f"{page}/feed", parameters))
        if "id" not in found:
            raise OutcomeUnknown("the answer names no post")
        return Placed(found["id"], f"https://www.facebook.com/{found['id']}")

    def _photo(self, page: str, post: dict[str, Any]) -> str | None:
        if not post.get("picture_url"):
            return None
        parameters = {
            "url": post["picture_url"],
            "published": "false",
            "alt_text_custom": post.get("alt", ""),
        }
        answer = self._upload(f"{page}/photos", parameters)
        _check(answer)
        return str(document(answer).get("id", ""))

    def _upload(self, path: str, parameters: dict[str, str]) -> HttpAnswer:
        body = urlencode(parameters).encode()
        try:
            return self._calls().change("POST", self._url(path), body, _FORM)
        except OutcomeUnknown as error:  # nobody sees an unpublished picture: it may be sent again
            raise DeliveryError(f"picture not taken: {error}", permanent=False) from error

    def _delete(self, placed: Placed) -> Placed:
        answer = self._calls().change("DELETE", self._url(placed.external_id), b"", _FORM)
        problem = document(answer).get("error", {})
        if (problem.get("code"), problem.get("error_subcode")) != _NOT_THERE:
            _check(answer)
        return placed

    def _change(self, method: str, path: str, parameters: dict[str, str]) -> HttpAnswer:
        body = urlencode(parameters).encode()
        answer = self._calls().change(method, self._url(path), body, _FORM)
        _check(answer)
        return answer

    def _url(self, path: str) -> str:
        return f"{self._destination.setting('url').rstrip('/')}/{path}"

    def _calls(self) -> Calls:
        headers = {"Authorization": f"Bearer {self._destination.secret()}"}
        return Calls(self._destination.http, headers)


def _check(answer: HttpAnswer) -> None:
    if answer.status < 400:
        return
    problem = document(answer).get("error", {})
    code, reason = problem.get("code"), problem.get("message") or excerpt(answer)
    if code == _DUPLICATE:
        raise OutcomeUnknown(reason)
    transient = code in _TRANSIENT | _PICTURE_REFUSED or bool(problem.get("is_transient"))
    raise DeliveryError(reason, permanent=not transient, retry_after=retry_after(answer))


def _body(order: Order) -> bytes:
    return next(iter(order.rendered.values())).body


def _message(order: Order) -> str:
    post = orjson.loads(_body(order))
    return _with_link(post) if post.get("picture_url") else str(post["message"])


def _with_link(post: dict[str, Any]) -> str:
    """Put the link into the text: a post with a picture has no card."""
    message, link = post["message"], post["link"]
    return message if link in message else f"{message}\n\n{link}"


def _links(post: dict[str, Any]) -> list[str]:
    attached = post.get("attachments", {}).get("data", [])
    cards = [each.get("unshimmed_url") or each.get("url") or "" for each in attached]
    return [*post.get("message", "").split(), *cards]
