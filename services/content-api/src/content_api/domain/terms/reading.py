# SPDX-License-Identifier: EUPL-1.2
"""Build concepts from the rows of a file, and remember what was not understood, and where."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from communique.events.fields import Locale
from content_api.domain.terms.concept import Concept, ConceptKind, ForbiddenForm, LocaleForms
from content_api.domain.terms.places import Field
from content_api.domain.terms.validity import problems_of

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
MOST_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file that was not understood; rows and columns count from 1."""

    row: int
    column: int
    detail: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says; `ignored` was understood and is not kept."""

    concepts: tuple[Concept, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Building:
    """Concepts of a file that is being read."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Problem] = field(default_factory=list)

    def problem(self, row: int, column: int, detail: str) -> None:
        """Remember what was not understood."""
        self.problems.append(Problem(row, column, detail))

    def concept(self, concept: Concept, row: int, column: int) -> None:
        """Begin a concept."""
        self.concepts[concept.id] = concept
        self.rows[f"/{concept.id}"] = (row, column)

    def describe(self, concept: str, **values: object) -> None:
        """Set fields of a concept."""
        self.concepts[concept] = replace(self.concepts[concept], **values)  # type: ignore[arg-type]  # fields of Concept

    def forms(self, concept: str, locale: str, place: tuple[int, int]) -> LocaleForms:
        """Return what is known of a language, to be replaced by `keep`."""
        self.rows.setdefault(f"/{concept}/locales/{locale}", place)
        return self.concepts[concept].locales.get(locale) or LocaleForms("")

    def keep(self, concept: str, locale: str, forms: LocaleForms) -> None:
        """Set the forms of a language."""
        known = self.concepts[concept]
        self.concepts[concept] = replace(known, locales={**known.locales, locale: forms})

    def finish(self) -> Parsed:
        """Check every concept as a whole."""
        for concept in self.concepts.values():
            for pointer, lines in problems_of(concept).items():
                row, column = self._place(f"/{concept.id}{pointer}")
                for line in lines:
                    self.problem(row, column, f"{concept.id}{pointer}: {line}")
        order = sorted(self.problems, key=lambda each: (each.row, each.column))
        return Parsed(tuple(self.concepts.values()), tuple(order), tuple(self.ignored))

    def _place(self, pointer: str) -> tuple[int, int]:
        while pointer not in self.rows:
            pointer = pointer.rpartition("/")[0]
        return self.rows[pointer]


def with_form(forms: LocaleForms, standing: str, form: str, reason: str) -> LocaleForms | None:
    """Return the forms with one more; None when there is a preferred one already."""
    if standing == "preferred":
        return None if forms.preferred else replace(forms, preferred=form)
    if standing == "allowed":
        return replace(forms, allowed=(*forms.allowed, form))
    return replace(forms, forbidden=(*forms.forbidden, ForbiddenForm(form, reason)))


def clean(text: str) -> str:
    """Return a text as we keep it: NFC, single spaces, no space around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def what_is_wrong(text: str) -> str | None:
    """Say why a text cannot be kept; None when it can."""
    return "Holds a control character." if _CONTROL.search(text) else None


def is_locale(text: str) -> bool:
    """Tell whether it is a language tag in canonical form."""
    return Locale.form.fullmatch(text) is not None


def kind_of(text: str) -> ConceptKind | None:
    """Return the kind of that name."""
    return next((kind for kind in ConceptKind if kind.value == text), None)


def fields_of(texts: Iterable[str]) -> tuple[Field, ...] | None:
    """Return the parts of an article of these names; None when one is unknown."""
    known: Mapping[str, Field] = {each.value: each for each in Field}
    names = [text for text in texts if text]
    return tuple(known[name] for name in names) if known.keys() >= set(names) else None
