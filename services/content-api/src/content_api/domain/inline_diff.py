# SPDX-License-Identifier: EUPL-1.2
"""Compare two formatted texts word by word, as pieces of safe HTML with `ins` and `del`.

Each word knows the elements it stands in, so a piece is well formed wherever it is cut.
"""

import functools
import html
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from itertools import groupby
from typing import Final

from content_api.domain.align import Budget, align
from content_api.domain.inline import ATTRIBUTES, SCHEMES, TAGS

#: Scripts that are written without spaces: each character is a word of its own.
_UNSPACED: Final = ("CJK ", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_Mark = tuple[str, ...]
_BREAK: Final[_Mark] = ("br",)


class Change(StrEnum):
    """What has become of a piece of text or of a part of a document."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: as plain text, and as safe HTML that can stand alone."""

    change: Change
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a space or a sign, and the elements it stands in."""

    text: str
    marks: tuple[_Mark, ...] = ()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of plain text."""
    return tuple(_split(text, ()))


def words_of_html(text: str) -> tuple[Word, ...]:
    """Return the words of inline HTML."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return tuple(reader.words)


def compare_words(
    before: tuple[Word, ...], now: tuple[Word, ...], budget: Budget
) -> tuple[Piece, ...]:
    """Return both texts as one row of pieces; in each place, what was removed comes first."""
    pieces = []
    for region in _regions(_steps(before, now, budget)):
        for change in (Change.SAME, Change.REMOVED, Change.ADDED):
            words = [word for each, word in region if each is change]
            if words:
                text = "".join(word.text for word in words)
                pieces.append(Piece(change, text, _render(words)))
    return tuple(pieces)


def show(pieces: Iterable[Piece]) -> str:
    """Write pieces as one safe HTML text."""
    wraps = {Change.ADDED: "ins", Change.REMOVED: "del"}
    return "".join(
        f"<{wraps[piece.change]}>{piece.html}</{wraps[piece.change]}>"
        if piece.change in wraps
        else piece.html
        for piece in pieces
    )


_Step = tuple[Change, Word]


def _steps(before: tuple[Word, ...], now: tuple[Word, ...], budget: Budget) -> list[_Step]:
    steps: list[_Step] = []
    for left, right in align(before, now, budget):
        if right is None and left is not None:
            steps.append((Change.REMOVED, before[left]))
        elif right is not None:
            steps.append((Change.ADDED if left is None else Change.SAME, now[right]))
    return steps


def _regions(steps: list[_Step]) -> Iterator[list[_Step]]:
    """Yield runs that are all the same or all changed; a space between changes is changed too."""
    runs = [(same, list(run)) for same, run in groupby(steps, lambda each: each[0] is Change.SAME)]
    region: list[_Step] = []
    for place, (same, run) in enumerate(runs):
        inner = 0 < place < len(runs) - 1
        if not same:
            region += run
        elif inner and all(word.text == " " for _, word in run):
            region += [(each, word) for each in (Change.REMOVED, Change.ADDED) for _, word in run]
        else:
            if region:
                yield region
            yield run
            region = []
    if region:
        yield region


def _split(text: str, marks: tuple[_Mark, ...]) -> Iterator[Word]:
    for joined, run in groupby(_clusters(text), _is_joined):
        if joined:
            yield Word("".join(run), marks)
        else:
            yield from (Word(cluster, marks) for cluster in run)


def _clusters(text: str) -> Iterator[str]:
    """Yield characters with the marks that belong to them."""
    cluster = ""
    for character in text:
        if cluster and not _is_mark(character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


@functools.lru_cache(maxsize=4_096)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _is_joined(cluster: str) -> bool:
    return _is_of_a_word(cluster[0])


@functools.lru_cache(maxsize=4_096)
def _is_of_a_word(character: str) -> bool:
    return character.isalnum() and not unicodedata.name(character, "").startswith(_UNSPACED)


def _render(words: Iterable[Word]) -> str:
    return "".join(
        _wrap(html.escape("".join(word.text for word in run)), marks)
        for marks, run in groupby(words, lambda word: word.marks)
    )


def _wrap(text: str, marks: tuple[_Mark, ...]) -> str:
    for mark in reversed(marks):
        text = "<br>" if mark == _BREAK else f"<{_start_tag(mark)}>{text}</{mark[0]}>"
    return text


def _start_tag(mark: _Mark) -> str:
    pairs = zip(mark[1::2], mark[2::2], strict=True)
    return mark[0] + "".join(f' {name}="{html.escape(value)}"' for name, value in pairs)


def _mark(tag: str, attributes: list[tuple[str, str | None]]) -> _Mark:
    kept = [
        (name, value or "")
        for name, value in attributes
        if name in ATTRIBUTES.get(tag, set())
        and (name != "href" or (value or "").partition(":")[0].lower() in SCHEMES)
    ]
    return (tag, *(part for pair in sorted(kept) for part in pair))


class _Reader(HTMLParser):
    """Collects words and the allowed elements around them; what is not allowed is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[Word] = []
        self._open: list[_Mark] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words.append(Word("\n", (*self._open, _BREAK)))
        elif tag in TAGS:
            self._open.append(_mark(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place]
                return

    def handle_data(self, data: str) -> None:
        self.words += _split(data, tuple(self._open))
