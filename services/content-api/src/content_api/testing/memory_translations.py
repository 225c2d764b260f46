# SPDX-License-Identifier: EUPL-1.2
"""What translations were made from, in memory."""

from collections.abc import Mapping

from content_api.domain.translation import Translation
from content_api.testing.memory_tables import Tables


class MemoryTranslations:
    """What is known of each translation, numbered; the last of a language counts."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._rows = tables.translations

    def add(self, translation: Translation) -> None:
        """Insert it."""
        place = (translation.article, translation.locale, translation.number)
        if place in self._rows:
            raise ValueError("a translation is written once")
        self._rows[place] = translation

    def latest(self, article: str) -> Mapping[str, Translation]:
        """Return the last of every language of an article that has any."""
        return {
            locale: translation
            for (of, locale, _), translation in sorted(self._rows.items())
            if of == article
        }
