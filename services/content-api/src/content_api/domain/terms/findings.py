# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a name in a text, exactly where, and what to write instead."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """Which rule of the glossary a text breaks."""

    FORBIDDEN = "forbidden"
    TRANSLATED = "translated"
    MISSPELT = "misspelt"
    NOT_PREFERRED = "not-preferred"
    NOT_CARRIED_OVER = "not-carried-over"


class Severity(StrEnum):
    """Whether approval waits for it."""

    FORBIDDEN = "forbidden"
    WARNING = "warning"


_WARNINGS = frozenset({Rule.NOT_PREFERRED, Rule.NOT_CARRIED_OVER})


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a text does not say what the glossary says.

    `pointer` names the field in the document; `start` and `end` count characters of the field's
    plain text; `text` is what stands there; `form` is the name of the glossary that it is.
    `disguised`: it was not written as an honest writer writes it. The fingerprint is made of the
    name and the words around it, so it stays the same when something else is edited.
    """

    locale: str
    pointer: str
    start: int
    end: int
    text: str
    rule: Rule
    concept: str
    form: str
    suggestion: str
    reason: str | None
    disguised: bool
    fingerprint: str

    @property
    def severity(self) -> Severity:
        """Tell whether approval waits for it."""
        return Severity.WARNING if self.rule in _WARNINGS else Severity.FORBIDDEN


def fingerprint(*parts: str) -> str:
    """Return a name for a finding that does not depend on where in the document it stands."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
