# SPDX-License-Identifier: EUPL-1.2
"""Hot answers in front of Flask: a bounded cache of finished bytes in a plain WSGI callable.

A view marks an answer that may be kept (`remember`). Every change that could touch an answer is
notified by the database, and clears the cache; while the notifications are lost the cache is off.
An answer that was read before a clear and arrives after it is not kept.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import request

from communique import db
from communique.web.auth import Guard

_MARK: Final = "communique.hot"
_MOST_ENTRIES: Final = 4_096
_MOST_BYTES: Final = 64_000_000
_NOT_IN_304: Final = frozenset({"content-length", "content-type", "content-encoding"})
Headers = list[tuple[str, str]]
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class _Kept:
    scope: str | None
    etag: str
    headers: Headers
    headers_304: Headers
    body: bytes


def remember(needed: str | None) -> None:
    """Mark the answer to the present request as one to keep.

    `needed` is the scope a caller must have to be given it (None: everybody).
    """
    request.environ[_MARK] = needed or ""


class HotCache:
    """WSGI in front of a service."""

    def __init__(self, app: WsgiApp, guard: Guard) -> None:
        """Take the application behind, and the guard that knows callers."""
        self._app = app
        self._guard = guard
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._bytes = 0
        self._generation = 0
        self._on = False
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer from the cache, or ask the application and keep what it marks."""
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"} or not self._on:
            return self._app(environ, start_response)
        place = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        hit = self._kept.get(place)
        if hit is None or not self._allowed(hit, environ):
            return self._ask(place, environ, start_response)
        if _matches(environ.get("HTTP_IF_NONE_MATCH"), hit.etag):
            start_response("304 Not Modified", hit.headers_304)
            return ()
        start_response("200 OK", hit.headers)
        return (hit.body,) if method == "GET" else ()

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
                if payload is not None or not self._on:
                    self.clear()
                self._on = True
        finally:
            self._turn_off()

    def _turn_off(self) -> None:
        self._on = False
        self.clear()

    def _allowed(self, hit: _Kept, environ: dict[str, Any]) -> bool:
        if hit.scope is None:
            return True
        found = self._guard.caller_of(environ.get("HTTP_AUTHORIZATION"))
        return found is not None and found.may(hit.scope)

    def _ask(
        self, place: tuple[str, str], environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes]:
        generation = self._generation
        seen: list[tuple[str, Headers]] = []

        def watch(status: str, headers: Headers, *rest: Any) -> Any:
            seen.append((status, headers))
            return start_response(status, headers, *rest)

        answer = self._app(environ, watch)
        if environ["REQUEST_METHOD"] != "GET" or _MARK not in environ or not seen:
            return answer
        return self._keep(place, generation, environ[_MARK] or None, seen[-1], answer)

    def _keep(
        self,
        place: tuple[str, str],
        generation: int,
        needed: str | None,
        head: tuple[str, Headers],
        answer: Iterable[bytes],
    ) -> Iterator[bytes]:
        body = b"".join(answer)
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        status, headers = head
        etag = next((value for name, value in headers if name.lower() == "etag"), None)
        if status.startswith("200") and etag is not None:
            kept = _Kept(needed, etag, headers, _for_304(headers), body)
            self._store(place, generation, kept)
        return iter((body,))

    def _store(self, place: tuple[str, str], generation: int, kept: _Kept) -> None:
        with self._lock:
            if generation != self._generation or not self._on or len(kept.body) > _MOST_BYTES:
                return
            former = self._kept.pop(place, None)
            self._bytes -= len(former.body) if former else 0
            if len(self._kept) >= _MOST_ENTRIES or self._bytes + len(kept.body) > _MOST_BYTES:
                self._kept.clear()
                self._bytes = 0
            self._kept[place] = kept
            self._bytes += len(kept.body)


def _matches(given: str | None, etag: str) -> bool:
    if given is None:
        return False
    return given.strip() == "*" or etag.removeprefix("W/") in [
        each.strip().removeprefix("W/") for each in given.split(",")
    ]


def _for_304(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in _NOT_IN_304]
