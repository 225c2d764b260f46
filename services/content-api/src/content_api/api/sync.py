# SPDX-License-Identifier: EUPL-1.2
"""Follow what is live: the present state, then every change, tombstones included."""

import time
from typing import Any, Final

import orjson
from flask import Response
from flask_restx import Namespace, Resource

from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import deps
from content_api.api.finished import JSON
from content_api.api.sync_schemas import SyncPageSchema, SyncQuerySchema, filter_of
from content_api.api.waiting import Waiting, waiting
from content_api.domain.entitlements import entitlements
from content_api.ports import Change, Filter
from content_api.use_cases.read_changes import Followed, read_changes

api: Final = Namespace("sync", path="/v1/sync", description="Follow what is live.")
READ: Final = scope("articles:read")
_WHEN_FULL: Final = {"Retry-After": "5"}


@api.route("")
class SyncResource(Resource):
    """The delivery log."""

    @operation(rule=READ, query=SyncQuerySchema, answers={200: SyncPageSchema})
    def get(self, *, query: dict[str, Any]) -> Response:
        """Give what has changed since the cursor; without one, everything that is live.

        Keep each document under its article and locale; drop it when told. Then go on with `next`,
        and the same filter. With `wait`, an answer that would be empty is held back for so many
        seconds, or until there is something; when too many wait already, it comes at once, and
        `Retry-After` says when to ask again.
        """
        wanted, limit = filter_of(query), query["limit"]
        room = waiting()
        mark = room.seen()
        found = _read(wanted, query.get("cursor"), limit)
        if found.items or found.more or not query["wait"]:
            return _answer(found)
        if not room.take():
            return _answer(found, _WHEN_FULL)
        try:
            return _answer(_wait(room, mark, found, wanted, limit, query["wait"]))
        finally:
            room.give_back()


def document(change: Change) -> dict[str, Any]:
    """Return a change as readers are told it; the document is the stored bytes."""
    told = {
        "change": "put" if change.reason is None else "tombstone",
        "article": change.article,
        "locale": change.locale or None,
        "version": change.version,
    }
    if change.body is None:
        return {**told, "reason": change.reason}
    return {**told, "document": orjson.Fragment(change.body)}


def _wait(
    room: Waiting, mark: int, found: Followed, wanted: Filter, limit: int, seconds: int
) -> Followed:
    until = time.monotonic() + seconds
    while not found.items and not room.ended and room.wait(mark, until - time.monotonic()):
        mark = room.seen()
        found = _read(wanted, found.next, limit)
    return found


def _read(wanted: Filter, cursor: str | None, limit: int) -> Followed:
    return read_changes(wanted, cursor, deps(), may=entitlements(caller().may), limit=limit)


def _answer(found: Followed, headers: dict[str, str] | None = None) -> Response:
    items = [document(each) for each in found.items]
    body = orjson.dumps({"items": items, "next": found.next, "more": found.more})
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(body, content_type=JSON, headers=kept)
