# SPDX-License-Identifier: EUPL-1.2
"""What the elements of one TBX entry mean for a concept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from content_api.domain.terms.concept import Concept, ConceptKind, LocaleForms
from content_api.domain.terms.reading import (
    Building,
    Problem,
    clean,
    fields_of,
    is_locale,
    kind_of,
    with_form,
)

STATUS: Final[Mapping[str, str]] = {
    "preferredTerm-admn-sts": "preferred",
    "admittedTerm-admn-sts": "allowed",
    "deprecatedTerm-admn-sts": "forbidden",
    "supersededTerm-admn-sts": "forbidden",
    "preferred": "preferred",
    "admitted": "allowed",
    "notRecommended": "forbidden",
    "obsolete": "forbidden",
}
#: How flags are written in an admin of this type, which every reader of TBX-Basic keeps.
FLAGS: Final = "projectSubset"
MUST_NOT_TRANSLATE: Final = "must-not-translate"
CASE_SENSITIVE: Final = "case-sensitive"
PREFERRED_IN: Final = "preferred-in "
#: Categories of TBX-Basic that say nothing about which name is right.
_IGNORED: Final = frozenset(
    {
        ("termNote", "partOfSpeech"),
        ("termNote", "grammaticalGender"),
        ("termNote", "grammaticalNumber"),
        ("termNote", "geographicalUsage"),
        ("termNote", "termType"),
        ("termNote", "termLocation"),
        ("descrip", "context"),
        ("admin", "source"),
        ("admin", "customerSubset"),
    }
)
_Value = tuple[str, str, str, int, int]


@dataclass(slots=True)
class Term:
    """One term."""

    row: int
    column: int
    values: list[_Value] = field(default_factory=list)


@dataclass(slots=True)
class Language:
    """One language of an entry."""

    locale: str
    row: int
    column: int
    values: list[_Value] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """One entry."""

    id: str
    row: int
    column: int
    values: list[_Value] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)


def take(entry: Entry, building: Building) -> None:
    """Make a concept of an entry."""
    if entry.id in building.concepts or not entry.id:
        detail = "This id stands in the file twice." if entry.id else "Give the entry an id."
        building.problem(entry.row, entry.column, detail)
        return
    building.concept(Concept(entry.id, ConceptKind.OTHER), entry.row, entry.column)
    for value in entry.values:
        _describe(entry.id, value, building)
    for language in entry.languages:
        _language(entry.id, language, building)


def _describe(concept: str, value: _Value, building: Building) -> None:
    name, category, text, row, column = value
    if (name, category) == ("descrip", "subjectField"):
        kind = kind_of(clean(text))
        if kind is None:
            building.problem(row, column, f"Must be one of: {', '.join(ConceptKind)}.")
        else:
            building.describe(concept, kind=kind)
    elif (name, category) == ("descrip", "definition"):
        building.describe(concept, definition=clean(text) or None)
    elif name == "note":
        building.describe(concept, note=clean(text) or None)
    else:
        _other(value, building)


def _language(concept: str, language: Language, building: Building) -> None:
    place = (language.row, language.column)
    if not is_locale(language.locale):
        building.problem(*place, "Not a language tag in canonical form, such as zh-Hans.")
        return
    forms = building.forms(concept, language.locale, place)
    for value in language.values:
        forms = _flag(forms, value, building)
    for term in language.terms:
        status, form, reason = _term(term, building)
        with_one = with_form(forms, status, form, reason)
        if with_one is None:
            detail = "The entry has a preferred term in this language."
            building.problem(term.row, term.column, detail)
        else:
            forms = with_one
    building.keep(concept, language.locale, forms)


def _flag(forms: LocaleForms, value: _Value, building: Building) -> LocaleForms:
    name, category, text, row, column = value
    if (name, category) != ("admin", FLAGS):
        _other(value, building)
    elif text == MUST_NOT_TRANSLATE:
        return replace(forms, must_not_translate=True)
    elif text == CASE_SENSITIVE:
        return replace(forms, case_sensitive=True)
    elif text.startswith(PREFERRED_IN):
        parts = fields_of(text.removeprefix(PREFERRED_IN).split())
        if parts is not None:
            return replace(forms, preferred_in=parts)
        building.problem(row, column, "Names no part of an article.")
    else:
        building.ignored.append(Problem(row, column, f"projectSubset {text[:60]!r} is not kept."))
    return forms


def _term(term: Term, building: Building) -> tuple[str, str, str]:
    status, form, reason = "preferred", "", ""
    for value in term.values:
        name, category, text, row, column = value
        if name == "term":
            form = clean(text)
        elif name == "note":
            reason = clean(text)
        elif (name, category) == ("termNote", "administrativeStatus"):
            if text.strip() in STATUS:
                status = STATUS[text.strip()]
            else:
                building.problem(row, column, f"Must be one of: {', '.join(STATUS)}.")
        else:
            _other(value, building)
    return status, form, reason


def _other(value: _Value, building: Building) -> None:
    name, category, _, row, column = value
    if (name, category) in _IGNORED:
        building.ignored.append(Problem(row, column, f"{name} {category} is not kept."))
    else:
        building.problem(row, column, f"Not understood: <{name} type={category[:60]!r}>.")
