# SPDX-License-Identifier: EUPL-1.2
"""Find what a text in one language calls otherwise than the glossary does."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from content_api.domain.terms.automaton import Automaton
from content_api.domain.terms.findings import Finding, Rule, fingerprint
from content_api.domain.terms.fold import Folded, fold
from content_api.domain.terms.judging import Judge, Match
from content_api.domain.terms.places import Place
from content_api.domain.terms.wanted import Name, Standing

#: How many folded characters on either side belong to a finding's fingerprint.
_AROUND: Final = 30
_RULES: Final = {Standing.FORBIDDEN: Rule.FORBIDDEN, Standing.TRANSLATED: Rule.TRANSLATED}
#: Languages in which an official name without its marks is a mistake.
_MARKED: Final = frozenset({"vi"})


class Checker:
    """The names of one language; built once, used by any number of threads."""

    def __init__(self, locale: str, names: Iterable[Name]) -> None:
        """Build what finds them."""
        self._locale = locale
        self._names = Automaton((name.folded.text, name) for name in names)

    def check(self, place: Place) -> list[Finding]:
        """Return what is wrong in one text, in reading order."""
        text, matches = self._matches(place)
        accepted = [each for each in matches if each.name.standing.accepted and not each.bare]
        wrong = [
            (rule, match)
            for match in matches
            for rule in _rules(match, place, self._locale)
            if not _is_excused(match, rule, accepted) and not _is_exempt(match, text, place)
        ]
        chosen = _longest(wrong)
        chosen.sort(key=lambda pair: pair[1].start)
        return [_finding(rule, match, text, place) for rule, match in chosen]

    def accepted(self, place: Place) -> Iterator[tuple[Name, int, int]]:
        """Yield the names that a text uses rightly, and where."""
        text, matches = self._matches(place)
        for match in matches:
            if match.name.standing.accepted and not match.bare:
                yield match.name, text.start[match.start], text.end[match.end - 1]

    def _matches(self, place: Place) -> tuple[Folded, list[Match]]:
        text = fold(place.content.text)
        judge = Judge(self._locale, text)
        found = self._names.search(text.text)
        judged = (judge.match(start, end, name) for start, end, name in found)
        return text, [match for match in judged if match is not None]


def _rules(match: Match, place: Place, locale: str) -> Iterator[Rule]:
    standing = match.name.standing
    if standing in _RULES:
        yield _RULES[standing]
    elif match.foreign or (match.bare and locale.partition("-")[0] in _MARKED):
        yield Rule.MISSPELT
    elif standing is Standing.ALLOWED and not match.bare and place.field in match.name.preferred_in:
        yield Rule.NOT_PREFERRED


def _is_excused(match: Match, rule: Rule, accepted: Sequence[Match]) -> bool:
    """Tell whether the letters belong to a name that is in order."""
    for other in accepted:
        if other is match or (rule is Rule.MISSPELT and other.foreign):
            continue
        same = (other.start, other.end) == (match.start, match.end)
        if match.within(other) or (same and not match.name.standing.accepted):
            return True
        if not match.touches(other) or other.within(match):
            continue
        if match.bare or _comes_first(other, match):
            return True
        if same and rule is Rule.NOT_PREFERRED and other.name.standing is Standing.PREFERRED:
            return True
    return False


def _comes_first(other: Match, match: Match) -> bool:
    """Tell whether the words are read as the other name and what follows: Việt Nam | Hàn Quốc."""
    return other.start < match.start and other.end < match.end


def _is_exempt(match: Match, text: Folded, place: Place) -> bool:
    start, end = text.start[match.start], text.end[match.end - 1]
    return any(left <= start and end <= right for left, right in place.content.exempt)


def _longest(wrong: list[tuple[Rule, Match]]) -> list[tuple[Rule, Match]]:
    """Leave out what is part of a longer finding; of several in one place keep the gravest."""
    order = list(Rule)
    kept: list[tuple[Rule, Match]] = []
    for rule, match in sorted(
        wrong, key=lambda pair: (pair[1].start - pair[1].end, order.index(pair[0]), pair[1].bare)
    ):
        covered = any(other.start <= match.start and match.end <= other.end for _, other in kept)
        if not covered:
            kept.append((rule, match))
    return kept


def _finding(rule: Rule, match: Match, text: Folded, place: Place) -> Finding:
    name = match.name
    start, end = text.start[match.start], text.end[match.end - 1]
    written = place.content.text[start:end]
    before = text.cut(max(0, match.start - _AROUND), match.start)
    after = text.cut(match.end, match.end + _AROUND)
    return Finding(
        locale=place.locale,
        pointer=place.pointer,
        start=start,
        end=end,
        text=written,
        rule=rule,
        concept=name.concept,
        form=name.form,
        suggestion=name.preferred,
        reason=name.reason,
        disguised=_disguised(written, name.form),
        fingerprint=fingerprint(
            name.concept, rule, place.locale, place.field, name.form, before, after
        ),
    )


def _disguised(written: str, form: str) -> bool:
    kept = unicodedata.normalize("NFC", written)
    return kept != written or " ".join(kept.split()).casefold() != form.casefold()
