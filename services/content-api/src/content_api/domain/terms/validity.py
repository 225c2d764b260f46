# SPDX-License-Identifier: EUPL-1.2
"""What a concept must be, whoever writes it: an API call, a CSV file or a TBX file."""

from collections.abc import Iterator
from typing import Final

from communique.errors import InvalidInput
from communique.events.fields import Slug
from content_api.domain.terms.concept import Concept, LocaleForms
from content_api.domain.terms.fold import fold

#: Words that stand in paths where an id would.
RESERVED: Final = frozenset({"import", "export"})
_MOST_LETTERS: Final = 300
_MOST_REASON: Final = 2_000
_MOST_ID: Final = 120


def check_concept(concept: Concept) -> None:
    """Refuse a concept that could not be used.

    Raises:
        InvalidInput: naming every wrong field by JSON pointer.
    """
    errors = problems_of(concept)
    if errors:
        raise InvalidInput("The concept cannot be kept as it is.", errors=errors)


def problems_of(concept: Concept) -> dict[str, list[str]]:
    """Return what is wrong with a concept, by JSON pointer."""
    errors: dict[str, list[str]] = {}
    for pointer, line in _problems(concept):
        errors.setdefault(pointer, []).append(line)
    return errors


def _problems(concept: Concept) -> Iterator[tuple[str, str]]:
    if not Slug.form.fullmatch(concept.id) or len(concept.id) > _MOST_ID:
        yield "/id", "Only a-z, 0-9 and single hyphens between them, at most 120."
    if concept.id in RESERVED:
        yield "/id", "This word is reserved."
    if not concept.locales:
        yield "/locales", "Must have a language."
    for name in ("definition", "note"):
        if len(getattr(concept, name) or "") > _MOST_REASON:
            yield f"/{name}", f"At most {_MOST_REASON} characters."
    for locale, forms in concept.locales.items():
        for pointer, line in _of_forms(forms):
            yield f"/locales/{locale}{pointer}", line


def _of_forms(forms: LocaleForms) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for pointer, form in _forms(forms):
        line = _of_form(form)
        if line is not None:
            yield pointer, line
        elif form in seen:
            yield pointer, "Stands here twice: a form is preferred, allowed or forbidden."
        seen.add(form)
    for index, each in enumerate(forms.forbidden):
        if not each.reason.strip():
            yield f"/forbidden/{index}/reason", "Say why it is forbidden."
        elif len(each.reason) > _MOST_REASON:
            yield f"/forbidden/{index}/reason", f"At most {_MOST_REASON} characters."


def _forms(forms: LocaleForms) -> Iterator[tuple[str, str]]:
    yield "/preferred", forms.preferred
    for index, form in enumerate(forms.allowed):
        yield f"/allowed/{index}", form
    for index, each in enumerate(forms.forbidden):
        yield f"/forbidden/{index}/form", each.form


def _of_form(form: str) -> str | None:
    if not any(letter.isalnum() for letter in fold(form).letters):
        return "Must have a letter."
    return f"At most {_MOST_LETTERS} characters." if len(form) > _MOST_LETTERS else None
