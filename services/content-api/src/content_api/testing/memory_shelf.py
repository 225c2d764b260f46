# SPDX-License-Identifier: EUPL-1.2
"""The public side of a store in memory."""

from collections.abc import Mapping
from datetime import datetime

from communique.events.article import Article
from content_api.ports import (
    Filter,
    Page,
    Place,
    Stored,
)
from content_api.testing.memory_tables import Database


class MemoryShelf:
    """The public side of a memory store."""

    def __init__(self, database: Database) -> None:
        """Take the database."""
        self._database = database

    def find(self, article: str) -> Mapping[str, Stored]:
        """Return everything stored of an article by locale."""
        return {stored.locale: stored for stored, _ in self._rows() if stored.article == article}

    def get(self, article: str, locale: str) -> Stored | None:
        """Return the bytes of one language, or of the whole document."""
        return self.find(article).get(locale)

    def by_slug(self, locale: str, slug: str) -> Stored | None:
        """Return the bytes at an address, present or former."""
        owner = self._database.tables.slugs.get((locale, slug))
        return None if owner is None else self.get(owner, locale)

    def page(self, wanted: Filter, after: Place | None, limit: int) -> Page:
        """Return live articles by first publication, newest first."""
        rows = [stored for stored, article in self._rows() if _fits(stored, article, wanted)]
        rows.sort(key=_key, reverse=True)
        if after is not None:
            rows = [row for row in rows if _key(row) < (after.first_published_at, after.article)]
        more = len(rows) > limit
        return Page(rows[:limit], Place(*_key(rows[limit - 1])) if more else None)

    def _rows(self) -> list[tuple[Stored, Article]]:
        return list(self._database.tables.published.values())


def _key(stored: Stored) -> tuple[datetime, str]:
    return stored.first_published_at, stored.article


def _fits(stored: Stored, article: Article, wanted: Filter) -> bool:
    return (
        not stored.retracted
        and stored.locale == wanted.locale
        and wanted.kind in {None, article.kind}
        and (wanted.topic is None or wanted.topic in article.topics)
        and (wanted.place is None or wanted.place in article.places)
        and (wanted.mission is None or wanted.mission in article.missions)
        and (wanted.since is None or stored.first_published_at >= wanted.since)
        and (wanted.until is None or stored.first_published_at < wanted.until)
    )
