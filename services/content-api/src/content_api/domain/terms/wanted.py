# SPDX-License-Identifier: EUPL-1.2
"""The names that are looked for in one language, folded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from content_api.domain.terms.concept import Concept, LocaleForms
from content_api.domain.terms.fold import Folded, fold
from content_api.domain.terms.places import Field


class Standing(StrEnum):
    """What the glossary says of a name."""

    PREFERRED = "preferred"
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    TRANSLATED = "translated"

    @property
    def accepted(self) -> bool:
        """Tell whether the name may be used."""
        return self in {Standing.PREFERRED, Standing.ALLOWED}


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a concept, as it is looked for."""

    concept: str
    form: str
    standing: Standing
    preferred: str
    folded: Folded
    reason: str | None = None
    case_sensitive: bool = False
    preferred_in: tuple[Field, ...] = ()

    @property
    def words(self) -> int:
        """Count the words."""
        return self.folded.text.count(" ") + 1


def names_for(locale: str, concepts: Sequence[Concept]) -> Iterator[Name]:
    """Yield the names of all concepts in one language."""
    for concept in concepts:
        forms = forms_for(locale, concept.locales)
        if forms is not None:
            yield from _names(concept, forms)


def forms_for(locale: str, locales: Mapping[str, LocaleForms]) -> LocaleForms | None:
    """Return the forms of a language, or of the same language without region or script."""
    tag = locale
    while tag:
        if tag in locales:
            return locales[tag]
        tag = tag.rpartition("-")[0]
    return None


def _names(concept: Concept, forms: LocaleForms) -> Iterator[Name]:
    yield _name(concept, forms, forms.preferred, Standing.PREFERRED)
    for form in forms.allowed:
        yield _name(concept, forms, form, Standing.ALLOWED)
    for each in forms.forbidden:
        standing = Standing.TRANSLATED if forms.must_not_translate else Standing.FORBIDDEN
        yield _name(concept, forms, each.form, standing, each.reason)
    if forms.must_not_translate:
        for form in _elsewhere(concept, forms):
            yield _name(concept, forms, form, Standing.TRANSLATED)


def _elsewhere(concept: Concept, forms: LocaleForms) -> list[str]:
    """Return names of other languages, which in this one are translations."""
    known = {forms.preferred, *forms.allowed, *(each.form for each in forms.forbidden)}
    others = (
        form
        for each in concept.locales.values()
        for form in (each.preferred, *each.allowed)
        if form not in known
    )
    return list(dict.fromkeys(others))


def _name(
    concept: Concept,
    forms: LocaleForms,
    form: str,
    standing: Standing,
    reason: str | None = None,
) -> Name:
    return Name(
        concept=concept.id,
        form=form,
        standing=standing,
        preferred=forms.preferred,
        folded=fold(form.strip()),
        reason=reason,
        case_sensitive=forms.case_sensitive,
        preferred_in=forms.preferred_in,
    )
