# SPDX-License-Identifier: EUPL-1.2
"""The addresses of everything that is live, for search engines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from psycopg.sql import SQL

from content_api.ports import Address, Month, Stored
from content_api.store.reader import Reader

_SLUGS: Final = SQL(
    "SELECT p.locale, p.slug FROM content_api.published p"
    " WHERE p.article_id = %(article)s AND NOT p.retracted AND p.slug IS NOT NULL"
    " ORDER BY p.locale"
)
_MONTHS: Final = SQL(
    "SELECT p.locale, date_trunc('month', p.first_published_at, 'UTC') AS month, count(*) AS count"
    " FROM content_api.published p WHERE NOT p.retracted AND p.locale <> ''"
    " GROUP BY 1, 2 ORDER BY 1, 2 DESC"
)
_MONTH: Final = SQL(
    "SELECT p.article_id::text AS article, p.locale, p.slug, p.published_at,"
    " (SELECT json_object_agg(o.locale, o.slug) FROM content_api.published o"
    "  WHERE o.article_id = p.article_id AND NOT o.retracted AND o.slug IS NOT NULL) AS slugs"
    " FROM (SELECT * FROM content_api.published p WHERE NOT p.retracted"
    "  AND p.locale = %(locale)s AND p.first_published_at >= %(month)s"
    "  AND p.first_published_at < %(month)s + interval '1 month'"
    "  ORDER BY p.first_published_at, p.article_id OFFSET %(skip)s LIMIT %(limit)s) p"
    " ORDER BY p.first_published_at, p.article_id"
)
_NEWS: Final = SQL(
    "WITH RECURSIVE languages AS ("
    " (SELECT locale FROM content_api.published WHERE NOT retracted AND locale > ''"
    "  ORDER BY locale LIMIT 1)"
    " UNION ALL SELECT (SELECT n.locale FROM content_api.published n WHERE NOT n.retracted"
    "  AND n.locale > l.locale ORDER BY n.locale LIMIT 1)"
    " FROM languages l WHERE l.locale IS NOT NULL)"
    " SELECT p.article_id::text AS article, p.version, p.locale, p.slug, p.body, p.etag,"
    " p.retracted, p.first_published_at, p.published_at"
    " FROM languages l CROSS JOIN LATERAL (SELECT * FROM content_api.published p"
    "  WHERE NOT p.retracted AND p.locale = l.locale"
    "  AND p.first_published_at > now() - %(within)s"
    "  ORDER BY p.first_published_at DESC, p.article_id DESC LIMIT %(limit)s) p"
    " ORDER BY p.first_published_at DESC, p.article_id DESC, p.locale LIMIT %(limit)s"
)


@dataclass(frozen=True, slots=True)
class _Slug:
    locale: str
    slug: str


class PostgresSitemap:
    """Reads addresses; bodies only for the newest."""

    def __init__(self, reader: Reader) -> None:
        """Take what asks the database."""
        self._reader = reader

    def slugs(self, article: str) -> Mapping[str, str]:
        """Return the slug of every language in which an article is live."""
        found = self._reader.all(_SLUGS, {"article": article}, _Slug)
        return {each.locale: each.slug for each in found}

    def months(self) -> Sequence[Month]:
        """Count what is live by language and month, newest first."""
        return self._reader.all(_MONTHS, {}, Month)

    def month(self, locale: str, month: datetime, skip: int, limit: int) -> Sequence[Address]:
        """Return the addresses of one language and month, oldest first."""
        values = {"locale": locale, "month": month, "skip": skip, "limit": limit}
        return self._reader.all(_MONTH, values, Address)

    def news(self, within: timedelta, limit: int) -> Sequence[Stored]:
        """Return what was first published so lately by the database's clock, newest first."""
        return self._reader.all(_NEWS, {"within": within, "limit": limit}, Stored)
