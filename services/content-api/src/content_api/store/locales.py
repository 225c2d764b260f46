# SPDX-License-Identifier: EUPL-1.2
"""The life of each language of each article."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from communique.events.article import Revision
from content_api.domain.locale_life import LocaleLife
from content_api.store.due import until_next
from content_api.store.tables_locales import locales as table

_KEY = ("article_id", "locale")


class StoredLocales:
    """Rows by article and locale; the article's own row is the lock."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def of(self, article: str) -> dict[str, LocaleLife]:
        """Return what there is, by locale."""
        rows = self._connection.execute(
            select(table).where(table.c.article_id == article).order_by(table.c.locale)
        )
        return {
            row.locale: LocaleLife(**{**row._asdict(), "revision": Revision(row.revision)})
            for row in rows
        }

    def save(self, lives: Sequence[LocaleLife]) -> None:
        """Write them, new or not."""
        if not lives:
            return
        fresh = insert(table)
        given = {each.name: each for each in fresh.excluded if each.name not in _KEY}
        self._connection.execute(
            fresh.on_conflict_do_update(index_elements=_KEY, set_=given),
            [asdict(life) for life in lives],
        )

    def due(self, limit: int) -> Sequence[tuple[str, str]]:
        """Return languages whose moment has come, as article and locale, the latest first."""
        rows = self._connection.execute(
            select(table.c.article_id, table.c.locale)
            .where(table.c.publish_at <= func.now())
            .order_by(table.c.publish_at.desc())
            .limit(limit)
        )
        return [(row.article_id, row.locale) for row in rows]

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next moment is; None when none lies ahead."""
        return until_next(self._connection, table.c.publish_at)
