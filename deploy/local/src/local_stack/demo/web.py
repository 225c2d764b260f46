# SPDX-License-Identifier: EUPL-1.2
"""HTTP as an outsider speaks it, patient while a part restarts."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import urllib3
from urllib3.exceptions import HTTPError

from local_stack.demo.errors import StoryError

_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Read the body as JSON."""
        return orjson.loads(self.body)


@dataclass(slots=True)
class Web:
    """A client that asks again, for at most `patience` seconds, while nobody answers.

    Only requests that may be repeated are sent through it: reads, and desk calls that are
    idempotent by the client's own id or by If-Match.
    """

    patience: float
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    def ask(
        self,
        method: str,
        url: str,
        *,
        key: str | None = None,
        body: bytes | Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and return the answer, whatever its status (503 is asked again).

        Raises:
            StoryError: nobody answered in time.
        """
        end = time.monotonic() + self.patience
        sent = {"Accept": "*/*", **(headers or {})}
        if key is not None:
            sent["Authorization"] = f"Bearer {key}"
        if isinstance(body, Mapping):
            body = orjson.dumps(body)
            sent["Content-Type"] = "application/json"
        while True:
            answer = self._try(method, url, body, sent)
            if answer is not None and answer.status != 503:
                return answer
            if time.monotonic() > end:
                said = "nobody answered" if answer is None else answer.body.decode()
                raise StoryError(f"{method} {url}: {said}")
            time.sleep(_PAUSE)

    def _try(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer | None:
        try:
            got = self.pool.request(
                method, url, body=body, headers=headers, timeout=10.0, redirect=False
            )
        except HTTPError:
            return None
        return Answer(got.status, {k.lower(): v for k, v in got.headers.items()}, got.data)


def expect(answer: Answer, *statuses: int) -> Answer:
    """Return the answer if it has one of the statuses.

    Raises:
        StoryError: it has another; the message has what the server said.
    """
    if answer.status not in statuses:
        raise StoryError(f"got {answer.status}, not {statuses}: {answer.body[:600].decode()}")
    return answer
