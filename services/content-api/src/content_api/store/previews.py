# SPDX-License-Identifier: EUPL-1.2
"""Tokens of shared drafts, by their hashes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from content_api.domain.preview import Preview
from content_api.store.tables_delivery import previews as table

_COLUMNS = [column for column in table.c if column.name != "hash"]


class StoredPreviews:
    """Previews in the connection's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, preview: Preview, digest: bytes) -> None:
        """Insert it."""
        self._connection.execute(
            insert(table).values(
                id=preview.id,
                hash=digest,
                article_id=preview.article,
                draft=preview.draft,
                locale=preview.locale,
                created_by=preview.created_by,
                created_at=preview.created_at,
                expires_at=preview.expires_at,
            )
        )

    def of(self, article: str) -> Sequence[Preview]:
        """Return the previews of an article, newest first."""
        rows = self._connection.execute(
            select(*_COLUMNS).where(table.c.article_id == article).order_by(table.c.id.desc())
        )
        return [_preview(row) for row in rows]

    def find(self, digest: bytes) -> Preview | None:
        """Return the preview of a token that is valid now, by the database's clock."""
        row = self._connection.execute(
            select(*_COLUMNS).where(
                table.c.hash == digest,
                table.c.revoked_at.is_(None),
                table.c.expires_at > func.clock_timestamp(),
            )
        ).one_or_none()
        return None if row is None else _preview(row)

    def revoke(self, article: str, preview: str) -> bool:
        """End it now; False when the article has no such preview."""
        done = self._connection.execute(
            update(table)
            .where(table.c.article_id == article, table.c.id == preview)
            .values(revoked_at=func.coalesce(table.c.revoked_at, func.clock_timestamp()))
        )
        return done.rowcount > 0


def _preview(row: Row[Any]) -> Preview:
    return Preview(
        id=row.id,
        article=row.article_id,
        draft=row.draft,
        locale=row.locale,
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
