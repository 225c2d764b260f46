# SPDX-License-Identifier: EUPL-1.2
"""The forms of a concept as plain data, for keeping."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from content_api.domain.terms.concept import ForbiddenForm, LocaleForms
from content_api.domain.terms.fold import plain
from content_api.domain.terms.places import Field


def to_data(locales: Mapping[str, LocaleForms]) -> dict[str, Any]:
    """Write the forms of every language."""
    return {locale: asdict(forms) for locale, forms in locales.items()}


def from_data(data: Mapping[str, Any]) -> dict[str, LocaleForms]:
    """Read what `to_data` wrote."""
    return {
        locale: LocaleForms(
            preferred=forms["preferred"],
            allowed=tuple(forms["allowed"]),
            forbidden=tuple(ForbiddenForm(**each) for each in forms["forbidden"]),
            must_not_translate=forms["must_not_translate"],
            case_sensitive=forms["case_sensitive"],
            preferred_in=tuple(Field(each) for each in forms["preferred_in"]),
        )
        for locale, forms in sorted(data.items())
    }


def search_text(concept: str, locales: Mapping[str, LocaleForms]) -> str:
    """Return the words that a concept is found by, folded, one form a line."""
    forms = (
        form
        for each in locales.values()
        for form in (each.preferred, *each.allowed, *(bad.form for bad in each.forbidden))
    )
    return "\n".join(dict.fromkeys((concept, *(plain(form) for form in forms))))
