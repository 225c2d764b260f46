# SPDX-License-Identifier: EUPL-1.2
"""What differs between two documents."""

from dataclasses import replace

from communique.errors import InvalidInput
from communique.events.article import Localization
from content_api.domain.document import Document


def changed_locales(before: Document, now: Document) -> tuple[str, ...]:
    """Name the languages that both have and whose text differs; the correction note is no text."""
    return tuple(
        locale
        for locale, localization in now.locales.items()
        if locale in before.locales and _text(before.locales[locale]) != _text(localization)
    )


def check_notes(before: Document, now: Document) -> None:
    """Refuse a correction that does not say, in each corrected language, what was wrong.

    Raises:
        InvalidInput: a changed language has no correction note.
    """
    missing = [
        locale for locale in changed_locales(before, now) if not now.locales[locale].correction_note
    ]
    if missing:
        raise InvalidInput(
            "A correction says what was wrong, in every language it changes.",
            errors={
                f"/locales/{locale}/correction_note": ["Required: this language has changed."]
                for locale in missing
            },
        )


def _text(localization: Localization) -> Localization:
    return replace(localization, correction_note=None, source_version=None, content_hash=None)
