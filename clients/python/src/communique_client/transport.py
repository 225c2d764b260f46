# SPDX-License-Identifier: EUPL-1.2
"""Ask, and ask again when that can help; answers that have not changed come from the cache."""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx

from communique_client.cache import Cache, Kept
from communique_client.errors import NoAnswer, problem

_AGAIN: Final = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to try, and how long to wait between two tries, in seconds."""

    tries: int = 4
    first_wait: float = 0.25
    longest_wait: float = 30.0


class Transport:
    """GET requests to one server."""

    def __init__(
        self,
        http: httpx.Client,
        *,
        cache: Cache,
        patience: Patience,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the client that sends, what keeps answers, and how patient to be."""
        self._http = http
        self._cache = cache
        self._patience = patience
        self._sleep = sleep

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Return the JSON at an address.

        Raises:
            NoAnswer: after all tries there was none.
            Problem: the server refused.
        """
        request = self._http.build_request("GET", path, params=query)
        kept = self._cache.get(str(request.url))
        if kept is not None:
            request.headers["If-None-Match"] = kept.etag
        answer = self._send(request)
        if answer.status_code == 304 and kept is not None:
            return _json(kept.body)
        if answer.status_code != 200:
            raise problem(answer.status_code, _problem_of(answer), retry_after=_asked(answer))
        found = _json(answer.content)
        if "ETag" in answer.headers:
            self._cache.put(str(request.url), Kept(answer.headers["ETag"], answer.content))
        return found

    def _send(self, request: httpx.Request) -> httpx.Response:
        for number in range(1, self._patience.tries + 1):
            last = number == self._patience.tries
            try:
                answer = self._http.send(request)
            except httpx.TransportError as error:
                if last:
                    raise NoAnswer(f"{request.url.host}: {error}") from error
                wait = self._backoff(number)
            else:
                asked = _asked(answer)
                wait = self._backoff(number) if asked is None else asked
                hopeless = answer.status_code not in _AGAIN or wait > self._patience.longest_wait
                if last or hopeless:
                    return answer
            self._sleep(wait)
        raise NoAnswer("the client was told not to try")

    def _backoff(self, number: int) -> float:
        longest = self._patience.first_wait * 2.0 ** (number - 1)
        jittered = longest * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load, hides nothing
        return min(jittered, self._patience.longest_wait)


def _asked(answer: httpx.Response) -> float | None:
    given = answer.headers.get("Retry-After", "").strip()
    if given.isdecimal():
        return float(given)
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def _problem_of(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        document = json.loads(answer.content)
    except ValueError:
        document = None
    return document if isinstance(document, dict) else {"title": answer.reason_phrase}


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise NoAnswer("the answer is not JSON") from error
