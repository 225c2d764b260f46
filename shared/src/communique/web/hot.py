# SPDX-License-Identifier: EUPL-1.2
"""Hot answers in front of Flask: a bounded cache of finished bytes in a plain WSGI callable.

A view marks an answer that may be kept (`remember`). Every change that could touch an answer is
notified by the database, and clears the cache; while the notifications are lost the cache is off.
An answer that was read before a clear and arrives after it is not kept.

Marked answers are packed for those who take gzip, once each. Where the service tells how far the
next known change is, nothing that is sent out may be called fresh beyond it; while that is not
known, nothing may be called fresh at all.
"""

import math
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from flask import request
from sqlalchemy.exc import SQLAlchemyError

from communique import db
from communique.web.auth import Guard
from communique.web.kept import (
    Form,
    Headers,
    Kept,
    longest,
    packed_etag,
    plain_etags,
    shortened,
    takes_gzip,
    vary,
    vary_on,
)

_MARK: Final = "communique.hot"
_MOST_ENTRIES: Final = 4_096
_MOST_BYTES: Final = 64_000_000
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Place = tuple[str, str]
Horizon = Callable[[], timedelta | None]


def remember(needed: str | None, *, seconds: float | None = None) -> None:
    """Mark the answer to the present request as one to keep, for at most so many seconds.

    `needed` is the scope a caller must have to be given it (None: everybody).
    """
    request.environ[_MARK] = (needed, seconds)


class HotCache:
    """WSGI in front of a service."""

    def __init__(self, app: WsgiApp, guard: Guard, *, horizon: Horizon | None = None) -> None:
        """Take the application behind, and the guard that knows callers.

        `horizon` tells how far the next known change is by the database's clock (None: there is
        none); it is asked again at every notification.
        """
        self._app = app
        self._guard = guard
        self._horizon = horizon
        self._change: float | None = None
        self._kept: dict[Place, Kept] = {}
        self._bytes = 0
        self._generation = 0
        self._on = False
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer from the cache, or ask the application and keep what it marks."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._app(environ, start_response)
        place = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        hit = self._kept.get(place) if self._on else None
        if hit is None or not self._allowed(hit, environ):
            return self._ask(place, environ, start_response)
        return self._give(place, hit, environ, start_response)

    def clear(self) -> None:
        """Forget everything, and what is being read now."""
        with self._lock:
            self._generation += 1
            self._kept.clear()
            self._bytes = 0

    def follow(self, url: str, channels: Sequence[str], stop: threading.Event) -> None:
        """Clear on every notification until told to stop; keep nothing while they are lost."""
        try:
            for payload in db.listen(url, channels, stop, lost=self._turn_off):
                self._look_ahead()
                if payload is not None or not self._on:
                    self.clear()
                self._on = True
        finally:
            self._turn_off()

    def _turn_off(self) -> None:
        self._on = False
        self.clear()

    def _look_ahead(self) -> None:
        if self._horizon is not None:
            asked = time.monotonic()
            wait = self._horizon()
            self._change = None if wait is None else asked + wait.total_seconds()

    def _left(self) -> float:
        """Return for how many seconds no change is known."""
        if self._horizon is None:
            return math.inf
        if not self._on:
            return 0.0
        change = self._change
        return math.inf if change is None else change - time.monotonic()

    def _allowed(self, hit: Kept, environ: dict[str, Any]) -> bool:
        if hit.until is not None and time.monotonic() >= hit.until:
            return False
        if hit.scope is None:
            return True
        try:
            found = self._guard.caller_of(environ.get("HTTP_AUTHORIZATION"))
        except SQLAlchemyError:  # the application says that the database is away
            return False
        return found is not None and found.may(hit.scope)

    def _give(
        self, place: Place, kept: Kept, environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes]:
        left = self._left()
        known = kept.known(environ)
        if known is not None:
            start_response("304 Not Modified", kept.within(kept.headers_304(known), left))
            return ()
        form = kept.plain
        if kept.packable and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING")):
            form = kept.packed or self._pack(place, kept)
        start_response("200 OK", kept.within(form.headers, left))
        return (form.body,) if environ["REQUEST_METHOD"] == "GET" else ()

    def _ask(self, place: Place, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        generation = self._generation
        seen: list[tuple[Any, ...]] = []
        given = environ.get("HTTP_IF_NONE_MATCH")
        if given is not None:
            environ["HTTP_IF_NONE_MATCH"] = plain_etags(given)

        def watch(*head: Any) -> Any:
            seen.append(head)

        answer = self._app(environ, watch)
        status, headers, *rest = seen[-1]
        if _MARK not in environ:
            start_response(status, headers, *rest)
            return answer
        needed, seconds = environ[_MARK]
        if environ["REQUEST_METHOD"] != "GET" or not status.startswith("200"):
            told = vary_on(self._passing(headers, given), vary(needed))
            start_response(status, told, *rest)
            return answer
        until = None if seconds is None else time.monotonic() + seconds
        kept = Kept(needed, headers, _read(answer), until)
        self._store(place, generation, kept)
        return self._give(place, kept, environ, start_response)

    def _passing(self, headers: Headers, given: str | None) -> Headers:
        left = self._left()
        told = headers if left >= longest(headers) else shortened(headers, left)
        if given is None:
            return told
        # A 304 names the form that the caller has.
        return [
            (name, packed_etag(value))
            if name.lower() == "etag" and packed_etag(value) in given
            else (name, value)
            for name, value in told
        ]

    def _store(self, place: Place, generation: int, kept: Kept) -> None:
        with self._lock:
            size = len(kept.body)
            if generation != self._generation or not self._on or size > _MOST_BYTES:
                return
            if not kept.plain.etag:
                return
            former = self._kept.pop(place, None)
            self._bytes -= former.counted if former else 0
            self._make_room(size)
            self._kept[place] = kept
            self._bytes += size

    def _pack(self, place: Place, kept: Kept) -> Form:
        form = kept.pack()
        with self._lock:
            size = len(kept.body) + len(form.body)
            if kept.counted < size and self._kept.get(place) is kept:
                self._bytes += size - kept.counted
                kept.counted = size
                if self._bytes > _MOST_BYTES:
                    self._kept.clear()
                    self._bytes = 0
        return form

    def _make_room(self, size: int) -> None:
        if len(self._kept) >= _MOST_ENTRIES or self._bytes + size > _MOST_BYTES:
            self._kept.clear()
            self._bytes = 0


def _read(answer: Iterable[bytes]) -> bytes:
    body = b"".join(answer)
    close = getattr(answer, "close", None)
    if close is not None:
        close()
    return body
