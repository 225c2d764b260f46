# SPDX-License-Identifier: EUPL-1.2
"""Lists and addresses of a store in memory."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from communique.events.article import Article
from content_api.domain.finished import WHOLE
from content_api.domain.selection import Mark, Selection
from content_api.ports import Address, Listed, Month, Stored
from content_api.testing.memory_tables import Database

_VALUES: Final[Mapping[str, Callable[[Article], Sequence[Any]]]] = {
    "kind": lambda article: (article.kind,),
    "topic": lambda article: article.topics,
    "place": lambda article: article.places,
    "mission": lambda article: article.missions,
    "office": lambda article: tuple(article.speaker.office.values()) if article.speaker else (),
    "urgency": lambda article: (article.urgency,),
    "audience": lambda article: (article.audience,),
}


class MemoryLists:
    """Pages of what is live, and what articles link to."""

    def __init__(self, database: Database) -> None:
        """Take the database."""
        self._database = database

    def page(self, wanted: Selection, after: Mark | None, limit: int) -> Listed:
        """Return live articles in the order wanted, beginning after a mark."""

        def key(row: Stored) -> tuple[datetime, str]:
            return getattr(row, wanted.order.field), row.article

        way = wanted.order.descending
        rows = [row for row, article in _live(self._database) if _fits(row, article, wanted)]
        rows.sort(key=key, reverse=way)
        if after is not None:
            end = (after.moment, after.article)
            rows = [row for row in rows if (key(row) < end if way else key(row) > end)]
        more = len(rows) > limit
        return Listed(rows[:limit], Mark(*key(rows[limit - 1])) if more else None)

    def linked(self, articles: Sequence[str], locales: Sequence[str]) -> Sequence[Stored]:
        """Return what is live of these articles in these languages."""
        return [
            row
            for row, _ in _live(self._database)
            if row.article in articles and row.locale in locales
        ]


class MemorySitemap:
    """The addresses of everything that is live."""

    def __init__(self, database: Database) -> None:
        """Take the database."""
        self._database = database

    def slugs(self, article: str) -> Mapping[str, str]:
        """Return the slug of every language in which an article is live."""
        return dict(
            sorted((row.locale, row.slug or "") for row in self._pages() if row.article == article)
        )

    def months(self) -> Sequence[Month]:
        """Count what is live by language and month, newest first."""
        counts: dict[tuple[str, datetime], int] = {}
        for row in self._pages():
            place = (row.locale, _month(row.first_published_at))
            counts[place] = counts.get(place, 0) + 1
        newest = sorted(counts.items(), key=lambda pair: pair[0][1], reverse=True)
        newest.sort(key=lambda pair: pair[0][0])
        return [Month(locale, month, count) for (locale, month), count in newest]

    def month(self, locale: str, month: datetime, skip: int, limit: int) -> Sequence[Address]:
        """Return the addresses of one language and month, oldest first."""
        rows = [
            row
            for row in self._pages()
            if row.locale == locale and _month(row.first_published_at) == month
        ]
        rows.sort(key=lambda row: (row.first_published_at, row.article))
        return [
            Address(row.article, locale, row.slug or "", row.published_at, self.slugs(row.article))
            for row in rows[skip : skip + limit]
        ]

    def news(self, within: timedelta, limit: int) -> Sequence[Stored]:
        """Return what was first published so lately by the database's clock, newest first."""
        since = self._database.moment - within
        rows = [row for row in self._pages() if row.first_published_at > since]
        rows.sort(key=lambda row: row.locale)
        rows.sort(key=lambda row: (row.first_published_at, row.article), reverse=True)
        return rows[:limit]

    def _pages(self) -> list[Stored]:
        return [row for row, _ in _live(self._database) if row.locale != WHOLE]


def _fits(row: Stored, article: Article, wanted: Selection) -> bool:
    return (
        row.locale == wanted.locale
        and all(
            not getattr(wanted, name) or set(getattr(wanted, name)) & set(values(article))
            for name, values in _VALUES.items()
        )
        and _within(row.first_published_at, wanted.since, wanted.until)
        and _within(row.published_at, wanted.updated_since, wanted.updated_until)
    )


def _live(database: Database) -> list[tuple[Stored, Article]]:
    return [pair for pair in database.tables.published.values() if not pair[0].retracted]


def _month(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _within(moment: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or moment >= since) and (until is None or moment < until)
