# SPDX-License-Identifier: EUPL-1.2
"""How far a consumer has followed the delivery log, as an opaque word.

The word is bound to the filter it was made for and carries a checksum. It is not secret and not
signed: whoever forges one deceives only themselves, for what a caller may read is never taken from
it.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, replace
from typing import Final

from communique.errors import InvalidInput
from communique.events.article import Audience
from content_api.domain.entitlements import Entitlements

_FORM: Final = "s1"
_LETTERS: Final = {"p": Audience.PUBLIC, "e": Audience.PRESS}
_MOST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SyncCursor:
    """A place in the log, and what the consumer holds from before it.

    A consumer that begins holds nothing: up to `start` (the end of the log as it began) what has
    gone need not be told. When its entitlements change it walks the log again from 0; up to `known`
    it then has what it could read before (`held`), and is told only the difference.
    """

    position: int
    may: Entitlements
    held: Entitlements
    start: int | None = None
    known: int = 0

    def entitled(self, may: Entitlements) -> "SyncCursor":
        """Return where a caller with these entitlements goes on."""
        if may == self.may:
            return self
        between = self.may != self.held  # an earlier change has not been walked to its end
        return SyncCursor(
            position=0,
            may=may,
            held=self.held | self.may,
            start=max(self.start or 0, self.position),
            known=0 if between else self.position,
        )

    def read_to(self, position: int, *, top: int, more: bool) -> "SyncCursor":
        """Return where to go on after a page; `top` was the end of the log when it was read."""
        if more:
            return replace(self, position=position, start=top if self.start is None else self.start)
        return SyncCursor(position=top, may=self.may, held=self.may, start=0)


def beginning(may: Entitlements) -> SyncCursor:
    """Return the cursor of a consumer that holds nothing."""
    return SyncCursor(position=0, may=may, held=may)


def write_cursor(cursor: SyncCursor, wanted: str) -> str:
    """Write a cursor for a filter."""
    start = "" if cursor.start is None else str(cursor.start)
    parts = [
        _FORM,
        str(cursor.position),
        start,
        str(cursor.known),
        _letters(cursor.may),
        _letters(cursor.held),
        _digest(wanted),
    ]
    text = ",".join(parts)
    return base64.urlsafe_b64encode(f"{text},{_digest(text)}".encode()).rstrip(b"=").decode()


def read_cursor(word: str, wanted: str) -> SyncCursor:
    """Read a cursor that was written for the same filter.

    Raises:
        InvalidInput: it is no cursor of ours, or was written for another filter.
    """
    try:
        text = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode("ascii")
        body, _, check = text.rpartition(",")
        form, position, start, known, may, held, of = body.split(",")
        cursor = SyncCursor(
            position=int(position),
            may=_audiences(may),
            held=_audiences(held),
            start=int(start) if start else None,
            known=int(known),
        )
    except (ValueError, KeyError, binascii.Error) as error:
        raise _refusal("Not a cursor of this service.") from error
    if form != _FORM or check != _digest(body) or cursor.position > _MOST:
        raise _refusal("Not a cursor of this service.")
    if of != _digest(wanted):
        raise _refusal("Was made for another filter; begin anew, or send the filter it was for.")
    return cursor


def ahead() -> InvalidInput:
    """Return the refusal of a cursor that is further than the log."""
    return _refusal("Ahead of our log: it is of another installation, or from before a restore.")


def _refusal(line: str) -> InvalidInput:
    return InvalidInput("Check cursor.", errors={"cursor": [line]})


def _digest(text: str) -> str:
    return hashlib.sha256(f"communique sync {text}".encode()).hexdigest()[:12]


def _letters(audiences: Entitlements) -> str:
    return "".join(letter for letter, audience in _LETTERS.items() if audience in audiences)


def _audiences(letters: str) -> Entitlements:
    return frozenset(_LETTERS[letter] for letter in letters)
