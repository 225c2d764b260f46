# SPDX-License-Identifier: EUPL-1.2
"""One call to a destination, with its outcome told apart: done, certainly not done, or unknown.

Every connector that speaks HTTP uses it; so the one rule that keeps posts from doubling is written
once. A server that answers 5xx may have done the work before it failed: unknown, not failed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import orjson

from communique.http_client import NoAnswer, NotSent
from syndicator.ports import DeliveryError, Http, HttpAnswer, OutcomeUnknown

DEADLINE: Final = 8.0
_TOO_MANY: Final = 429
_ASK_AGAIN: Final = frozenset({408, 425})


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls to one destination."""

    http: Http
    headers: Mapping[str, str]

    def change(self, method: str, url: str, body: bytes, media_type: str) -> HttpAnswer:
        """Ask for a change; return any answer below 500 for the connector to read.

        Raises:
            DeliveryError: nothing was sent, or the destination asks for patience.
            OutcomeUnknown: no answer, or one that says nothing about what was done.
        """
        headers = {**self.headers, "Content-Type": media_type}
        try:
            answer = self.http.request(method, url, headers=headers, body=body, deadline=DEADLINE)
        except NotSent as error:
            raise DeliveryError(f"not sent: {error}", permanent=False) from error
        except NoAnswer as error:
            raise OutcomeUnknown(f"no answer: {error}") from error
        if answer.status == _TOO_MANY:
            raise DeliveryError("429", permanent=False, retry_after=retry_after(answer))
        if answer.status >= 500 or answer.status in _ASK_AGAIN:
            raise OutcomeUnknown(f"{answer.status}: {excerpt(answer)}")
        return answer

    def read(self, url: str) -> HttpAnswer:
        """Ask for something without changing anything; return an answer below 500.

        Raises:
            DeliveryError: it cannot be asked now.
        """
        try:
            answer = self.http.request("GET", url, headers=self.headers, deadline=DEADLINE)
        except (NotSent, NoAnswer) as error:
            raise DeliveryError(f"cannot look: {error}", permanent=False) from error
        if answer.status >= 500 or answer.status == _TOO_MANY:
            raise DeliveryError(
                f"cannot look: {answer.status}", permanent=False, retry_after=retry_after(answer)
            )
        return answer


def retry_after(answer: HttpAnswer) -> timedelta | None:
    """Read Retry-After, in seconds; a date or nonsense counts as none."""
    text = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(text)) if text.isdigit() else None


def document(answer: HttpAnswer) -> dict[str, Any]:
    """Read a JSON object; anything else is an empty one."""
    try:
        found = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def excerpt(answer: HttpAnswer) -> str:
    """Return the beginning of an answer, for a person."""
    return answer.body[:300].decode("utf-8", "replace")
