# SPDX-License-Identifier: EUPL-1.2
"""Whether letters that spell a name are that name: by its edges, its marks and its capitals."""

import re
from dataclasses import dataclass
from typing import Final

from content_api.domain.terms.fold import Folded
from content_api.domain.terms.letters import is_han
from content_api.domain.terms.wanted import Name

#: Languages that are written without marks: whatever stands on a letter there is decoration.
_WITHOUT_MARKS: Final = frozenset({"en", "zh", "ja", "ko", "id", "ms"})
#: What no Vietnamese syllable is without its marks: ie, ye, uo inside; a stop at the end.
_NO_SYLLABLE: Final = re.compile(r"ie|ye|uo.|[cpt]$|ch$")
#: Languages in which a name without its marks may be other words.
_OF_SHORT_WORDS: Final = frozenset({"vi"})
_SURE_WORDS: Final = 3
_SHORT_WORD: Final = 3
_BARE_TEXT_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Match:
    """Letters of a folded text that spell a name; `bare`: some of its marks are missing."""

    start: int
    end: int
    name: Name
    bare: bool
    foreign: bool

    def within(self, other: "Match") -> bool:
        """Tell whether it is a part of a longer one."""
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end

    def touches(self, other: "Match") -> bool:
        """Tell whether both have a letter in common."""
        return self.start < other.end and other.start < self.end


class Judge:
    """Judges every occurrence in one text."""

    def __init__(self, locale: str, text: Folded) -> None:
        """Take the text and its language."""
        self._text = text
        language = locale.partition("-")[0]
        self._unmarked = language in _WITHOUT_MARKS
        self._syllables = language in _OF_SHORT_WORDS
        self._bare_text = not any(text.marks) and text.letters.count(" ") >= _BARE_TEXT_WORDS - 1

    def match(self, start: int, end: int, name: Name) -> Match | None:
        """Return the match, or None when these letters are something else."""
        if not self._stands_alone(start, end) or not self._fits_case(start, end, name):
            return None
        missing = 0 if self._unmarked else self._missing_marks(start, end, name)
        if missing is None or (missing and not self._is_likely(start, end, name)):
            return None
        foreign = any(self._text.foreign[start:end]) and not any(name.folded.foreign)
        return Match(start, end, name, bare=bool(missing), foreign=foreign)

    def _stands_alone(self, start: int, end: int) -> bool:
        return self._is_edge(start) and self._is_edge(end)

    def _is_edge(self, place: int) -> bool:
        letters = self._text.letters
        if place in {0, len(letters)} or self._text.gap[place]:
            return True
        before, after = letters[place - 1], letters[place]
        return not (before.isalnum() and after.isalnum()) or is_han(before) or is_han(after)

    def _fits_case(self, start: int, end: int, name: Name) -> bool:
        if not name.case_sensitive:
            return True
        return self._same_capitals(start, end, name)

    def _missing_marks(self, start: int, end: int, name: Name) -> int | None:
        """Count letters with fewer marks than in the name; None when one has another mark."""
        missing = 0
        for written, meant in zip(self._text.marks[start:end], name.folded.marks, strict=True):
            if written == meant:
                continue
            if not set(written) < set(meant):
                return None
            missing += 1
        return missing

    def _same_capitals(self, start: int, end: int, name: Name) -> bool:
        written, meant = self._text.capital[start:end], name.folded.capital
        if written == meant:
            return True
        letters = name.folded.letters
        return name.words > 1 and all(
            capital or not letter.isalpha()
            for capital, letter in zip(written, letters, strict=True)
        )

    def _is_likely(self, start: int, end: int, name: Name) -> bool:
        """Tell whether a name without its marks is that name, and no other words."""
        if name.words == 1:
            named = self._bare_text or self._same_capitals(start, end, name)
            return named and not name.standing.accepted and end - start > _SHORT_WORD
        if self._bare_text or not self._syllables:
            return True
        lost = self._words_without_marks(start, name)
        if len(lost) >= _SURE_WORDS or any(map(_NO_SYLLABLE.search, lost)):
            return True
        if any(name.folded.capital):
            return self._same_capitals(start, end, name)
        return len(lost) == name.words

    def _words_without_marks(self, start: int, name: Name) -> list[str]:
        """Return the words that have no mark at all and should have some."""
        found = []
        place = 0
        for word in name.folded.text.split(" "):
            until = place + len(word)
            written = self._text.marks[start + place : start + until]
            if any(name.folded.marks[place:until]) and not any(written):
                found.append(word)
            place = until + 1
        return found
