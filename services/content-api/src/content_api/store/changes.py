# SPDX-License-Identifier: EUPL-1.2
"""Read the delivery log for one consumer: what it lacks, each document once, in commit order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from psycopg.sql import SQL, Composed, Identifier

from content_api.domain.sync_cursor import SyncCursor
from content_api.ports import Change, Changes, Filter
from content_api.store.reader import Reader

_TOP: Final = SQL("SELECT coalesce(max(position), 0) AS position FROM content_api.log")
#: What each part of a filter asks of a row; {} is a column as it was or as it is.
_CONDITIONS: Final[Mapping[str, tuple[str, SQL]]] = {
    "kind": ("kind", SQL(" AND {} = %(kind)s")),
    "topic": ("topics", SQL(" AND {} @> ARRAY[%(topic)s]")),
    "place": ("places", SQL(" AND {} @> ARRAY[%(place)s]")),
    "mission": ("missions", SQL(" AND {} @> ARRAY[%(mission)s]")),
}
#: Three sorts of rows are told: the last of a document that the consumer may keep; one by which it
#: left what the consumer sees, unless the same is told later; one that was lost by entitlement.
_PAGE: Final = SQL(
    """
WITH mark AS MATERIALIZED (SELECT coalesce(max(position), 0) AS top FROM content_api.log),
found AS (
    SELECT l.position, l.article_id, l.locale, l.version, {keeps} AS keeps,
        CASE WHEN {keeps} THEN NULL WHEN NOT l.live THEN l.reason
            WHEN l.audience = ANY(%(may)s) THEN 'filter' ELSE 'entitlement' END AS reason
    FROM content_api.log l, mark
    WHERE l.locale = %(locale)s AND l.position > %(position)s AND l.position <= mark.top AND (
        {keeps} AND NOT (l.position <= %(known)s AND l.audience = ANY(%(held)s))
            AND NOT EXISTS (SELECT {later})
        OR l.position > coalesce(%(start)s::bigint, mark.top) AND {kept} AND NOT {keeps}
            AND NOT EXISTS (SELECT {later} AND ({keeps_later} OR {kept_later}))
        OR l.position <= coalesce(%(start)s::bigint, mark.top) AND {lost}
            AND NOT EXISTS (SELECT {later})
    )
    ORDER BY l.position LIMIT %(limit)s
)
SELECT mark.top, f.position, f.article_id::text AS article, f.locale, f.version, f.reason, p.body
FROM mark LEFT JOIN found f ON true
LEFT JOIN content_api.published p
    ON f.keeps AND p.article_id = f.article_id AND p.locale = f.locale
ORDER BY f.position
"""
)
_LATER: Final = SQL(
    "FROM content_api.log r WHERE r.article_id = l.article_id AND r.locale = l.locale"
    " AND r.position > l.position"
)


@dataclass(frozen=True, slots=True)
class _Row:
    top: int
    position: int | None
    article: str
    locale: str
    version: int
    reason: str | None
    body: bytes | None


@dataclass(frozen=True, slots=True)
class _Top:
    position: int


class PostgresLog:
    """The delivery log, one statement a page."""

    def __init__(self, reader: Reader) -> None:
        """Take what asks the database."""
        self._reader = reader

    def top(self) -> int:
        """Return the last position; 0 when nothing was ever published."""
        return self._reader.all(_TOP, {}, _Top)[0].position

    def page(self, wanted: Filter, after: SyncCursor, limit: int) -> Changes:
        """Return what a consumer at this cursor lacks: of each document only the last."""
        values = {
            **{name: getattr(wanted, name) for name in _CONDITIONS},
            "locale": wanted.locale,
            "position": after.position,
            "start": after.start,
            "known": after.known,
            "may": sorted(after.may),
            "held": sorted(after.held),
            "ever": sorted(after.may | after.held),
            "limit": limit + 1,
        }
        rows = self._reader.all(_query(wanted), values, _Row)
        found = list(_changes(rows))
        return Changes(found[:limit], rows[0].top, more=len(found) > limit)


def _changes(rows: Any) -> Iterator[Change]:
    for row in rows:
        if row.position is not None:
            yield Change(row.position, row.article, row.locale, row.version, row.reason, row.body)


def _query(wanted: Filter) -> Composed:
    return _PAGE.format(
        keeps=_fits(wanted, "l", "", "may"),
        kept=_fits(wanted, "l", "was_", "ever"),
        keeps_later=_fits(wanted, "r", "", "may"),
        kept_later=_fits(wanted, "r", "was_", "ever"),
        lost=_fits(wanted, "l", "", "held") + SQL(" AND NOT l.audience = ANY(%(may)s)"),
        later=_LATER,
    )


def _fits(wanted: Filter, row: str, when: str, audiences: str) -> Composed:
    """Ask whether a row shows, or showed before, what the filter and these audiences let see."""

    def column(name: str) -> Identifier:
        return Identifier(row, when + name)

    asked = [SQL("({} AND {} = ANY(%(").format(column("live"), column("audience"))]
    asked.append(SQL(audiences) + SQL(")s)"))
    for name, (of, condition) in _CONDITIONS.items():
        if getattr(wanted, name) is not None:
            asked.append(condition.format(column(of)))
    return SQL("").join([*asked, SQL(")")])
