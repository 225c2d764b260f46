# SPDX-License-Identifier: EUPL-1.2
"""What an XLIFF file of ours is about, and what is in its units."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from lxml import etree

#: How the ids of our own notes begin.
OWN_NOTE: Final = "communique-"
_ORIGINAL: Final = re.compile(r"urn:communique:article:([0-9a-f-]{36}):draft:([1-9][0-9]{0,8})")


class UnitState(StrEnum):
    """How far a unit is, in the words of XLIFF."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Job:
    """Whose translation it is, and from which draft of the source."""

    article: str
    draft: int
    source_locale: str
    locale: str

    @property
    def original(self) -> str:
        """Return the name of the source."""
        return f"urn:communique:article:{self.article}:draft:{self.draft}"

    @classmethod
    def named(cls, original: str, source_locale: str, locale: str) -> Self | None:
        """Read the name of a source; None when it is not one of ours."""
        match = _ORIGINAL.fullmatch(original)
        return match and cls(match[1], int(match[2]), source_locale, locale)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as it came back; a bureau may have cut it into several segments."""

    id: str
    state: UnitState
    source: Sequence[etree._Element]
    target: Sequence[etree._Element]
    notes: Sequence[str] = ()
