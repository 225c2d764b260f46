# SPDX-License-Identifier: EUPL-1.2
"""A concept of the glossary: one thing, and what it is called in each language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from content_api.domain.terms.places import Field


class ConceptKind(StrEnum):
    """What sort of thing has the name."""

    OFFICE = "office"
    COUNTRY = "country"
    TERRITORY = "territory"
    SEA = "sea"
    ISLAND = "island"
    TREATY = "treaty"
    ORGANISATION = "organisation"
    EVENT = "event"
    TITLE = "title"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ForbiddenForm:
    """A name that may not be used, and why."""

    form: str
    reason: str


@dataclass(frozen=True, slots=True)
class LocaleForms:
    """What a concept is called in one language.

    `must_not_translate`: the preferred form is the original, and stays so in this language.
    `preferred_in`: where an allowed form is not enough.
    """

    preferred: str
    allowed: tuple[str, ...] = ()
    forbidden: tuple[ForbiddenForm, ...] = ()
    must_not_translate: bool = False
    case_sensitive: bool = False
    preferred_in: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing with an official name."""

    id: str
    kind: ConceptKind
    locales: Mapping[str, LocaleForms] = field(default_factory=dict)
    definition: str | None = None
    note: str | None = None
