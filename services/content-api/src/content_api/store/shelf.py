# SPDX-License-Identifier: EUPL-1.2
"""The public store: finished bytes by plain SQL over psycopg, for the many who read."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from psycopg.sql import SQL, Composed

from content_api.ports import Filter, Page, Place, Stored
from content_api.store.reader import Reader

_COLUMNS: Final = SQL(
    "SELECT p.article_id::text AS article, p.version, p.locale, p.slug, p.body, p.etag,"
    " p.retracted, p.first_published_at, p.published_at FROM content_api.published p"
)
_FIND: Final = _COLUMNS + SQL(" WHERE p.article_id = %(article)s")
_GET: Final = _FIND + SQL(" AND p.locale = %(locale)s")
_BY_SLUG: Final = _COLUMNS + SQL(
    " JOIN content_api.slugs s ON s.article_id = p.article_id AND s.locale = p.locale"
    " WHERE s.locale = %(locale)s AND s.slug = %(slug)s"
)
_PAGE: Final = _COLUMNS + SQL(" WHERE NOT p.retracted AND p.locale = %(locale)s")
_ORDER: Final = SQL(" ORDER BY p.first_published_at DESC, p.article_id DESC LIMIT %(limit)s")
_AFTER: Final = SQL(
    " AND (p.first_published_at, p.article_id)"
    " < (%(first_published_at)s::timestamptz, %(article)s::uuid)"
)
#: What each part of a filter adds to the query.
_CONDITIONS: Final[Mapping[str, SQL]] = {
    "kind": SQL(" AND p.kind = %(kind)s"),
    "topic": SQL(" AND p.topics @> ARRAY[%(topic)s]"),
    "place": SQL(" AND p.places @> ARRAY[%(place)s]"),
    "mission": SQL(" AND p.missions @> ARRAY[%(mission)s]"),
    "since": SQL(" AND p.first_published_at >= %(since)s"),
    "until": SQL(" AND p.first_published_at < %(until)s"),
}


class PostgresShelf:
    """Reads what is live, one statement a question, each by itself."""

    def __init__(self, url: str, *, size: int = 4, patience: float = 5.0) -> None:
        """Make the pool; `open` connects it."""
        self.reader = Reader(url, size=size, patience=patience)

    def open(self) -> None:
        """Begin to connect, without waiting."""
        self.reader.open()

    def close(self) -> None:
        """Let the connections go."""
        self.reader.close()

    def find(self, article: str) -> Mapping[str, Stored]:
        """Return everything stored of an article by locale; empty when it was never live."""
        return {each.locale: each for each in self._all(_FIND, {"article": article})}

    def get(self, article: str, locale: str) -> Stored | None:
        """Return the bytes of one language, or of the whole document."""
        return next(self._all(_GET, {"article": article, "locale": locale}), None)

    def by_slug(self, locale: str, slug: str) -> Stored | None:
        """Return the bytes at an address, which may be a former one of the article."""
        return next(self._all(_BY_SLUG, {"locale": locale, "slug": slug}), None)

    def page(self, wanted: Filter, after: Place | None, limit: int) -> Page:
        """Return live articles by first publication, newest first."""
        values: dict[str, Any] = {"locale": wanted.locale, "limit": limit + 1}
        query = _PAGE
        for name, condition in _CONDITIONS.items():
            value = getattr(wanted, name)
            if value is not None:
                query += condition
                values[name] = value
        if after is not None:
            query += _AFTER
            values |= {"first_published_at": after.first_published_at, "article": after.article}
        found = list(self._all(query + _ORDER, values))
        items, last = found[:limit], found[limit - 1 : limit]
        more = len(found) > limit
        return Page(items, Place(last[0].first_published_at, last[0].article) if more else None)

    def _all(self, query: Composed, values: Mapping[str, Any]) -> Iterator[Stored]:
        return iter(self.reader.all(query, values, Stored))
