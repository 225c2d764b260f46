# SPDX-License-Identifier: EUPL-1.2
"""Bring a text to the form in which names are looked for, and remember where each letter stood.

Marks, case, width, look-alike letters, spaces and invisible characters are taken off the letters
and kept beside them, so that a match can be judged by what was really written.
"""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from content_api.domain.terms.letters import (
    APOSTROPHES,
    DASHES,
    INVISIBLE,
    LOOKALIKES,
    MARKS,
    STROKE,
    STROKED,
    is_han,
)

_SPACE: Final = " "
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONE_MOVES: Final = frozenset({"oa", "oe", "uy"})
#: A letter, its marks, whether it is a capital, whether it comes from another script.
_Letter = tuple[str, str, bool, bool]


@dataclass(slots=True)
class Folded:
    """Letters and what was taken off each; `start` and `end` are places in the text as given."""

    letters: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    capital: list[bool] = field(default_factory=list)
    foreign: list[bool] = field(default_factory=list)
    #: Whether something invisible stands before the letter.
    gap: list[bool] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the letters alone."""
        return "".join(self.letters)

    def cut(self, start: int, end: int) -> str:
        """Return letters from one place to another."""
        return "".join(self.letters[start:end])


def fold(text: str) -> Folded:
    """Fold a text."""
    folder = _Folder()
    for place, character in enumerate(text):
        folder.take(place, character)
    _settle_tones(folder.folded)
    return folder.folded


def plain(text: str) -> str:
    """Return a text as a person searches for it: no marks, no capitals, single spaces."""
    return fold(text).text.strip()


class _Folder:
    def __init__(self) -> None:
        self.folded = Folded()
        self.gap = False

    def take(self, place: int, character: str) -> None:
        letters, marks = _parts(character)
        if marks:
            self._mark(place, marks)
        elif not letters:
            self.gap = True
        for letter in letters:
            self._add(place, letter)

    def _mark(self, place: int, marks: str) -> None:
        known = self.folded
        if known.letters:
            known.marks[-1] = _sorted(known.marks[-1] + marks)
            known.end[-1] = place + 1

    def _add(self, place: int, parts: _Letter) -> None:
        known = self.folded
        letter, marks, capital, foreign = parts
        if letter == _SPACE and known.letters and known.letters[-1] == _SPACE:
            known.end[-1] = place + 1
            return
        if is_han(letter) and known.letters[-1:] == [_SPACE] and _after_han(known.letters):
            self._drop()
        known.letters.append(letter)
        known.marks.append(marks)
        known.capital.append(capital)
        known.foreign.append(foreign)
        known.gap.append(self.gap)
        known.start.append(place)
        known.end.append(place + 1)
        self.gap = False

    def _drop(self) -> None:
        known = self.folded
        for column in (
            known.letters,
            known.marks,
            known.capital,
            known.foreign,
            known.gap,
            known.start,
            known.end,
        ):
            column.pop()


def _settle_tones(folded: Folded) -> None:
    """Write hoà, khoẻ, quý for hòa, khỏe, qúy: Vietnamese spells them in both ways."""
    letters, marks = folded.letters, folded.marks
    for place, letter in enumerate(letters[:-1]):
        tones = set(marks[place]) & _TONES
        if not tones or letter + letters[place + 1] not in _TONE_MOVES:
            continue
        if place + 2 == len(letters) or not letters[place + 2].isalpha():
            marks[place] = _sorted("".join(set(marks[place]) - tones))
            marks[place + 1] = _sorted(marks[place + 1] + "".join(tones))


def _after_han(letters: list[str]) -> bool:
    return len(letters) > 1 and is_han(letters[-2])


def _sorted(marks: str) -> str:
    return "".join(sorted(set(marks)))


@lru_cache(maxsize=20_000)
def _parts(character: str) -> tuple[tuple[_Letter, ...], str]:
    """Return the letters of a character; or the marks, if it is marks for the letter before."""
    if character.isspace():
        return ((_SPACE, "", False, False),), ""
    if character in INVISIBLE or unicodedata.category(character) == "Cf":
        return (), ""
    letters: list[_Letter] = []
    alone = ""
    for part in _decomposed(character):
        if unicodedata.category(part) in {"Mn", "Me", "Mc"}:
            if part not in MARKS:
                continue
            if letters:
                letter, marks, capital, foreign = letters[-1]
                letters[-1] = (letter, _sorted(marks + part), capital, foreign)
            else:
                alone += part
        else:
            letters += _letters(part)
    return tuple(letters), _sorted(alone)


def _decomposed(character: str) -> str:
    text = unicodedata.normalize("NFKD", character)
    return "".join(STROKED[each] + STROKE if each in STROKED else each for each in text)


def _letters(part: str) -> list[_Letter]:
    if part.isspace():
        return [(_SPACE, "", False, False)]
    if part in DASHES:
        part = "-"
    elif part in APOSTROPHES:
        part = "'"
    foreign = part in LOOKALIKES
    capital = part.isupper()
    return [(each, "", capital, foreign) for each in LOOKALIKES.get(part, part).casefold()]
