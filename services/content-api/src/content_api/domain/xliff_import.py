# SPDX-License-Identifier: EUPL-1.2
"""Judge what a bureau sent back: everything that is wrong is named by unit, or all is taken."""

import html
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.errors import InvalidInput
from content_api.domain import inline
from content_api.domain.document import Document
from content_api.domain.errors import NotInline
from content_api.domain.following import follow
from content_api.domain.segments import Segment, segments
from content_api.domain.translation import Row, SegmentState
from content_api.domain.translation_errors import BrokenCodes
from content_api.domain.xliff_codes import Code, codes_in, read, text_of, tokens_of
from content_api.domain.xliff_file import Unit, UnitState

_SEEN_BY_A_REVIEWER = frozenset({UnitState.REVIEWED, UnitState.FINAL})


@dataclass(frozen=True, slots=True)
class Taken:
    """Texts by present source address; which of them are new; whether all have been reviewed."""

    texts: Mapping[str, str]
    changed: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """The source as it was exported, and as it is."""

    exported: Document
    present: Document

    @property
    def locale(self) -> str:
        """Return the language it is written in."""
        return self.present.source_locale


def take(units: Sequence[Unit], sources: Sources, rows: Sequence[Row]) -> Taken:
    """Return the texts to take over: those that differ, and those said to fit the changed source.

    Raises:
        InvalidInput: units are unknown or broken, or their source has changed; each is named.
    """
    judge = _Judge(sources, rows)
    texts = {}
    for unit in units:
        try:
            texts.update(judge.unit(unit))
        except (BrokenCodes, _Wrong) as error:
            judge.errors[f"/units/{unit.id}"] = [str(error)]
    if judge.errors:
        raise InvalidInput("Nothing was imported: some units are wrong.", errors=judge.errors)
    return Taken(texts, judge.changed, _all_reviewed(units, rows))


class _Wrong(ValueError):
    """A unit that cannot be taken."""


class _Judge:
    def __init__(self, sources: Sources, rows: Sequence[Row]) -> None:
        self._exported = {
            segment.address: segment for segment in segments(sources.exported, sources.locale)
        }
        self._moved = follow(sources.exported, sources.present, sources.locale)
        self._rows = {row.source.address: row for row in rows if row.source is not None}
        self.errors: dict[str, list[str]] = {}
        self.changed = False

    def unit(self, unit: Unit) -> dict[str, str]:
        """Return the text of a unit by its present address; nothing when there is none to take."""
        exported = self._exported.get(unit.id)
        if exported is None:
            raise _Wrong("There is no such unit.")
        row = self._rows.get(self._moved.get(unit.id, ""))
        if row is None or row.source is None:
            raise _Wrong("The source of this unit has been removed since the export.")
        if row.source.text != exported.text:
            raise _Wrong("The source of this unit has changed since the export.")
        known = _codes(row.source, row.target)
        _check_source(unit, exported, known)
        text = _target(unit, row, known)
        if text is None or not self._is_news(unit, row, text):
            return {}
        return {row.source.address: text}

    def _is_news(self, unit: Unit, row: Row, text: str) -> bool:
        if row.target is None or row.target.text != text:
            self.changed = True
            return True
        return row.state is not SegmentState.FRESH and unit.state is not UnitState.INITIAL


def _codes(source: Segment, target: Segment | None) -> tuple[Code, ...]:
    ours = codes_in(tokens_of(source.text, inline=source.inline))
    if target is None:
        return ours
    theirs = codes_in(tokens_of(target.text, inline=target.inline, like=ours))
    return tuple(dict.fromkeys((*ours, *theirs)))


def _check_source(unit: Unit, exported: Segment, known: Iterable[Code]) -> None:
    try:
        text = read(unit.source, known)[0] if exported.inline else text_of(unit.source)
    except BrokenCodes as error:
        raise _Wrong("The source in the file is not the one that was exported.") from error
    ours = html.unescape(exported.text) if exported.inline else exported.text
    if (html.unescape(text) if exported.inline else text) != ours:
        raise _Wrong("The source in the file is not the one that was exported.")


def _target(unit: Unit, row: Row, known: Sequence[Code]) -> str | None:
    if not unit.target or row.source is None:
        return None
    if row.source.inline:
        text, seen = read(unit.target, known)
        text = _cleaned(text)
    else:
        text, seen = unicodedata.normalize("NFC", text_of(unit.target)), []
    if row.target is not None and row.target.text == text:
        return text
    if not text.strip():
        if unit.state is UnitState.INITIAL:
            return None
        raise _Wrong(f"It is {unit.state}, but its target is empty.")
    if len(text) > row.source.most:
        raise _Wrong(f"Must have 1 to {row.source.most} characters.")
    lost = [code for code in known if code.needed and code not in seen]
    if any(code in codes_in(tokens_of(row.source.text, inline=True)) for code in lost):
        raise BrokenCodes(f"Code {lost[0].id}, a link, is gone.")
    return text


def _cleaned(text: str) -> str:
    try:
        return inline.clean(unicodedata.normalize("NFC", text))
    except NotInline as error:
        raise BrokenCodes("The codes do not make running text.") from error


def _all_reviewed(units: Sequence[Unit], rows: Sequence[Row]) -> bool:
    reviewed = {unit.id for unit in units if unit.state in _SEEN_BY_A_REVIEWER and unit.target}
    return len(reviewed) == len(units) >= sum(row.source is not None for row in rows)
