# SPDX-License-Identifier: EUPL-1.2
"""How much a key may ask: counted in front of everything, so hot answers count too.

Told in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-11). Each process
counts for itself. Callers without a key are not counted: who they are is known to the proxy alone.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import orjson
from limits.storage import MemoryStorage
from sqlalchemy.exc import SQLAlchemyError

from communique.web.auth import Guard
from communique.web.hot import WsgiApp
from communique.web.problems import MEDIA_TYPE

QUOTA_EXCEEDED: Final = "https://iana.org/assignments/http-problem-types#quota-exceeded"


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests in each window of so many seconds."""

    requests: int
    seconds: int = 60
    name: str = "default"

    @property
    def policy(self) -> str:
        """Return the value of RateLimit-Policy."""
        return f'"{self.name}";q={self.requests};w={self.seconds}'

    def state(self, remaining: int, seconds: int) -> str:
        """Return the value of RateLimit."""
        return f'"{self.name}";r={remaining};t={seconds}'


class RateLimit:
    """WSGI in front of a service and its cache."""

    def __init__(
        self, app: WsgiApp, guard: Guard, quota: Quota, *, headers: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Take what stands behind; `headers` go with every refusal."""
        self._app = app
        self._guard = guard
        self._quota = quota
        self._headers = tuple(headers)
        self._counts = MemoryStorage()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Count the request; pass it on, or refuse it."""
        key = self._key(environ.get("HTTP_AUTHORIZATION"))
        if key is None:
            return self._app(environ, start_response)
        count = self._counts.incr(key, self._quota.seconds)
        left = math.ceil(self._counts.get_expiry(key) - time.time())
        wait = max(1, min(left, self._quota.seconds))
        remaining = max(0, self._quota.requests - count)
        told = [
            ("RateLimit", self._quota.state(remaining, wait)),
            ("RateLimit-Policy", self._quota.policy),
        ]
        if count > self._quota.requests:
            return self._refuse(environ, start_response, told, wait)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, *told], *rest)

        return self._app(environ, start)

    def _key(self, authorization: str | None) -> str | None:
        if authorization is None:
            return None
        try:
            found = self._guard.caller_of(authorization)
        except SQLAlchemyError:  # the application says that the database is away
            return None
        return None if found is None else found.key_id

    def _refuse(
        self, environ: dict[str, Any], start_response: Any, told: list[tuple[str, str]], wait: int
    ) -> Iterable[bytes]:
        quota = self._quota
        body = orjson.dumps(
            {
                "type": QUOTA_EXCEEDED,
                "title": "Quota exceeded",
                "status": 429,
                "detail": f"This key may make {quota.requests} requests in {quota.seconds} s. "
                f"Ask again in {wait} s.",
                "instance": environ["PATH_INFO"].encode("latin-1").decode(errors="replace"),
                "violated-policies": [quota.name],
            }
        )
        headers = [
            ("Content-Type", MEDIA_TYPE),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Retry-After", str(wait)),
            *told,
            *self._headers,
        ]
        start_response("429 Too Many Requests", headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)
