# SPDX-License-Identifier: EUPL-1.2
"""Lists of live articles: each page is a short walk along an index, whatever the filter.

The most telling condition leads: its values are walked in order, one index range each, and what
else is asked is checked on the way. Without one that can lead, all documents are walked.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from psycopg.sql import SQL, Composed, Identifier

from content_api.domain.selection import Mark, Selection
from content_api.ports import Listed, Stored
from content_api.store.reader import Reader

_COLUMNS: Final = (
    "SELECT p.article_id::text AS article, p.version, p.locale, p.slug, p.body, p.etag,"
    " p.retracted, p.first_published_at, p.published_at FROM content_api.published p"
)
#: Conditions that can lead, the most telling first; and what each compares otherwise.
_LEADING: Final = ("office", "mission", "topic", "place", "kind")
_CONDITIONS: Final[Mapping[str, SQL]] = {
    "office": SQL(" AND p.offices && %(office)s"),
    "mission": SQL(" AND p.missions && %(mission)s"),
    "topic": SQL(" AND p.topics && %(topic)s"),
    "place": SQL(" AND p.places && %(place)s"),
    "kind": SQL(" AND p.kind = ANY(%(kind)s)"),
    "urgency": SQL(" AND p.urgency = ANY(%(urgency)s)"),
    "audience": SQL(" AND p.audience = ANY(%(audience)s)"),
}
_MOMENTS: Final[Mapping[str, SQL]] = {
    "since": SQL(" AND {}.first_published_at >= %(since)s"),
    "until": SQL(" AND {}.first_published_at < %(until)s"),
    "updated_since": SQL(" AND {}.published_at >= %(updated_since)s"),
    "updated_until": SQL(" AND {}.published_at < %(updated_until)s"),
}
_AFTER: Final = SQL(
    " AND ({walked}.{field}, {walked}.article_id) {beyond}"
    " (%(moment)s::timestamptz, %(after)s::uuid)"
)
_WALK: Final = SQL(
    _COLUMNS + " WHERE NOT p.retracted AND p.locale = %(locale)s{conditions}"
    " ORDER BY p.{field} {way}, p.article_id {way} LIMIT %(limit)s"
)
_RANGE: Final = SQL(
    "(SELECT f.{field} AS moment, f.article_id FROM content_api.facets f{joined}"
    " WHERE f.locale = %(locale)s AND f.facet = %({name})s{conditions}"
    " ORDER BY f.{field} {way}, f.article_id {way} LIMIT %(limit)s)"
)
_JOINED: Final = SQL(
    " JOIN content_api.published p ON p.article_id = f.article_id AND p.locale = f.locale"
)
_MERGED: Final = SQL(
    _COLUMNS  # noqa: S608  # constants only; values are parameters
    + " JOIN (SELECT DISTINCT moment, article_id FROM ({ranges}) every"
    " ORDER BY moment {way}, article_id {way} LIMIT %(limit)s) chosen"
    " ON chosen.article_id = p.article_id AND p.locale = %(locale)s"
    " ORDER BY chosen.moment {way}, chosen.article_id {way}"
)
_LINKED: Final = SQL(
    _COLUMNS + " WHERE NOT p.retracted AND p.article_id = ANY(%(articles)s::uuid[])"
    " AND p.locale = ANY(%(locales)s)"
)


class PostgresLists:
    """Reads pages of what is live, and what articles link to."""

    def __init__(self, reader: Reader) -> None:
        """Take what asks the database."""
        self._reader = reader

    def page(self, wanted: Selection, after: Mark | None, limit: int) -> Listed:
        """Return live articles in the order wanted, beginning after a mark."""
        query, values = _query(wanted, after)
        found = self._reader.all(query, {**values, "limit": limit + 1}, Stored)
        items = found[:limit]
        if len(found) <= limit:
            return Listed(items, None)
        last = items[-1]
        return Listed(items, Mark(getattr(last, wanted.order.field), last.article))

    def linked(self, articles: Sequence[str], locales: Sequence[str]) -> Sequence[Stored]:
        """Return what is live of these articles in these languages."""
        if not articles:
            return ()
        values = {"articles": list(articles), "locales": list(locales)}
        return self._reader.all(_LINKED, values, Stored)


def _query(wanted: Selection, after: Mark | None) -> tuple[Composed, dict[str, Any]]:
    values: dict[str, Any] = {"locale": wanted.locale}
    if after is not None:
        values |= {"moment": after.moment, "after": after.article}
    leading = next((name for name in _LEADING if getattr(wanted, name)), None)
    words = {
        "field": Identifier(wanted.order.field),
        "way": SQL("DESC") if wanted.order.descending else SQL("ASC"),
    }
    walked = Identifier("p" if leading is None else "f")
    checks, given = _checks(wanted, leading)
    conditions = checks + _moments(wanted, walked, values)
    if after is not None:
        beyond = SQL("<") if wanted.order.descending else SQL(">")
        conditions += _AFTER.format(walked=walked, field=words["field"], beyond=beyond)
    values |= given
    if leading is None:
        return _WALK.format(conditions=conditions, **words), values
    joined = _JOINED if given else SQL("")
    ranges = []
    for number, value in enumerate(dict.fromkeys(getattr(wanted, leading))):
        name = f"facet{number}"
        values[name] = f"{leading}:{value}"
        ranges.append(_RANGE.format(name=SQL(name), conditions=conditions, joined=joined, **words))
    return _MERGED.format(ranges=SQL(" UNION ALL ").join(ranges), **words), values


def _checks(wanted: Selection, leading: str | None) -> tuple[Composed, dict[str, Any]]:
    """Return what is compared beside the condition that leads, and with which values."""
    given = {
        name: [getattr(value, "value", value) for value in getattr(wanted, name)]
        for name in _CONDITIONS
        if name != leading and getattr(wanted, name)
    }
    return Composed([_CONDITIONS[name] for name in given]), given


def _moments(wanted: Selection, walked: Identifier, values: dict[str, Any]) -> Composed:
    conditions = Composed([])
    for name, condition in _MOMENTS.items():
        moment = getattr(wanted, name)
        if moment is not None:
            values[name] = moment
            conditions += condition.format(walked)
    return conditions
