# SPDX-License-Identifier: EUPL-1.2
"""Server-sent events: what `sync` tells page by page, told as it happens."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson
import structlog
from flask import Response, current_app, request
from flask_restx import Namespace, Resource

from communique.errors import Unavailable
from communique.web.auth import Caller, Guard, caller, scope
from communique.web.operation import operation
from communique.web.problems import problem
from content_api.api.deps import deps
from content_api.api.sync import document
from content_api.api.sync_schemas import FollowQuerySchema, filter_of
from content_api.api.waiting import Waiting, waiting
from content_api.domain.entitlements import entitlements
from content_api.domain.sync_cursor import SyncCursor, write_cursor
from content_api.ports import Deps, Filter
from content_api.use_cases.read_changes import (
    Followed,
    at_the_end,
    fingerprint,
    follow,
    resumed,
)

log = structlog.get_logger()
api: Final = Namespace("stream", path="/v1/stream", description="Follow what is live, as events.")
_SCOPE: Final = "articles:read"
READ: Final = scope(_SCOPE)
EVENTS: Final = "text/event-stream"
_AT_ONCE: Final = 50
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@api.route("")
class StreamResource(Resource):
    """The delivery log as events."""

    @operation(
        rule=READ,
        query=FollowQuerySchema,
        answers={200: EVENTS, 503: None},
        headers=("Last-Event-ID",),
    )
    def get(self, *, query: dict[str, Any]) -> Response:
        """Tell every change from now on, or from a cursor of `sync`, or from Last-Event-ID.

        Events are `put` and `tombstone`; their data is an item of `sync`, their id a cursor. The
        stream ends after some minutes, and when the service stops: connect again with the id of the
        last event, as browsers do by themselves. 503 when too many listen already.
        """
        room = waiting()
        wanted = filter_of(query)
        since = request.headers.get("Last-Event-ID") or query.get("cursor")
        may = entitlements(caller().may)
        at = resumed(wanted, since, may=may) if since else at_the_end(deps(), may=may)
        follow(wanted, at, deps(), limit=1)  # a cursor that is ahead of the log is refused here
        if not room.take():
            detail = "Too many listen to this process. Try again, or ask /v1/sync."
            return problem(503, detail, headers={"Retry-After": "5"})
        events = _Stream(wanted, deps(), room, _caller_now()).told(at)
        response = Response(events, content_type=EVENTS, headers=_HEADERS)
        response.call_on_close(room.give_back)
        return response


def _caller_now() -> Callable[[], Caller | None]:
    guard: Guard = current_app.extensions["guard"]
    given = request.headers.get("Authorization")
    return lambda: guard.caller_of(given)


class _Quiet:
    """How long nothing has been written; a client that is gone is noticed only by writing."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self.broken()

    def broken(self) -> None:
        self._until = time.monotonic() + self._longest

    def left(self) -> float:
        return self._until - time.monotonic()


@dataclass(frozen=True, slots=True)
class _Stream:
    wanted: Filter
    deps: Deps
    room: Waiting
    caller_now: Callable[[], Caller | None]

    def told(self, at: SyncCursor) -> Iterator[bytes]:
        """Tell what has changed, and show life in between, until the end."""
        yield b"retry: 2000\nid: " + self._id(at) + b"\n\n"
        until = time.monotonic() + self.room.longest
        quiet = _Quiet(self.room.heartbeat)
        try:
            while not self.room.ended and time.monotonic() < until:
                mark = self.room.seen()
                found = self._look(at)
                if found is None:
                    return
                for each in found.items:
                    yield self._event(found.after(each), document(each))
                    quiet.broken()
                at = found.at
                if not found.more:
                    self.room.wait(mark, quiet.left())
                if quiet.left() <= 0:
                    yield b": \nid: " + self._id(at) + b"\n\n"
                    quiet.broken()
        except Unavailable as error:  # whoever listens connects again
            log.warning("stream ended", reason=str(error))

    def _look(self, at: SyncCursor) -> Followed | None:
        """Return what is new for who listens; None when they may not any more."""
        who = self.caller_now()
        if who is None or not who.may(_SCOPE):
            return None
        may = entitlements(who.may)
        return follow(self.wanted, at.entitled(may), self.deps, limit=_AT_ONCE)

    def _event(self, at: SyncCursor, told: dict[str, Any]) -> bytes:
        name = told["change"].encode()
        return b"event: %b\nid: %b\ndata: %b\n\n" % (name, self._id(at), orjson.dumps(told))

    def _id(self, at: SyncCursor) -> bytes:
        return write_cursor(at, fingerprint(self.wanted)).encode()
