# SPDX-License-Identifier: EUPL-1.2
"""Releases and their items."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from content_api.domain.errors import NoSuchRelease
from content_api.domain.release import Item, Mode, Release, ReleaseState
from content_api.store.due import until_next
from content_api.store.tables_locales import release_items, releases

_WAITING = (ReleaseState.SCHEDULED.value, ReleaseState.OVERDUE.value)


class StoredReleases:
    """What goes live together."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, release: Release) -> None:
        """Insert it."""
        self._connection.execute(insert(releases).values(_values(release)))
        self._write_items(release)

    def get(self, release: str) -> Release:
        """Return it, or raise NoSuchRelease."""
        return self._one(select(releases).where(releases.c.id == release))

    def lock(self, release: str) -> Release:
        """Return it and keep every other change of it waiting; or raise NoSuchRelease."""
        return self._one(select(releases).where(releases.c.id == release).with_for_update())

    def save(self, release: Release) -> None:
        """Write it."""
        self._connection.execute(
            update(releases).where(releases.c.id == release.id).values(_values(release))
        )
        self._connection.execute(
            delete(release_items).where(release_items.c.release_id == release.id)
        )
        self._write_items(release)

    def delete(self, release: str) -> None:
        """Forget it."""
        self._connection.execute(delete(releases).where(releases.c.id == release))

    def page(self, state: ReleaseState | None, before: str | None, limit: int) -> Sequence[Release]:
        """Return releases by id, newest first, after the one named by `before`."""
        query = select(releases).order_by(releases.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(releases.c.state == state.value)
        if before is not None:
            query = query.where(releases.c.id < before)
        return [self._release(row) for row in self._connection.execute(query).all()]

    def due(self, limit: int) -> Sequence[str]:
        """Return releases whose moment has come and that are not out, the latest first."""
        return (
            self._connection.execute(
                select(releases.c.id)
                .where(releases.c.state.in_(_WAITING), releases.c.publish_at <= func.now())
                .order_by(releases.c.publish_at.desc())
                .limit(limit)
            )
            .scalars()
            .all()
        )

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next moment is; None when none lies ahead."""
        waiting = releases.c.state == ReleaseState.SCHEDULED.value
        return until_next(self._connection, releases.c.publish_at, waiting)

    def _one(self, query: Select[Any]) -> Release:
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NoSuchRelease
        return self._release(row)

    def _release(self, row: Row[Any]) -> Release:
        rows = self._connection.execute(
            select(release_items)
            .where(release_items.c.release_id == row.id)
            .order_by(release_items.c.number)
        )
        items = tuple(Item(each.article_id, each.locale, each.version) for each in rows)
        values = {**row._asdict(), "mode": Mode(row.mode), "state": ReleaseState(row.state)}
        return Release(**values, items=items)

    def _write_items(self, release: Release) -> None:
        self._connection.execute(
            insert(release_items),
            [
                {
                    "release_id": release.id,
                    "number": number,
                    "article_id": item.article,
                    "locale": item.locale,
                    "version": item.version,
                }
                for number, item in enumerate(release.items)
            ],
        )


def _values(release: Release) -> dict[str, Any]:
    return {column.name: getattr(release, column.name) for column in releases.columns}
