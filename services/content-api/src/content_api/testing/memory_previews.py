# SPDX-License-Identifier: EUPL-1.2
"""Shared drafts of a store in memory."""

from collections.abc import Sequence
from dataclasses import replace

from content_api.domain.preview import Preview
from content_api.testing.memory_tables import Database, Tables


class MemoryPreviews:
    """Tokens under which drafts are shown."""

    def __init__(self, tables: Tables, database: Database) -> None:
        """Take the tables."""
        self._rows = tables.previews
        self._database = database

    def add(self, preview: Preview, digest: bytes) -> None:
        """Insert it."""
        self._rows[digest] = preview

    def of(self, article: str) -> Sequence[Preview]:
        """Return the previews of an article, newest first."""
        found = [row for row in self._rows.values() if row.article == article]
        return sorted(found, key=lambda row: row.id, reverse=True)

    def find(self, digest: bytes) -> Preview | None:
        """Return the preview of a token that is valid now, by the database's clock."""
        row = self._rows.get(digest)
        return row if row is not None and row.valid(self._database.moment) else None

    def revoke(self, article: str, preview: str) -> bool:
        """End it now; False when the article has no such preview."""
        for digest, row in self._rows.items():
            if (row.article, row.id) == (article, preview):
                ended = row.revoked_at or self._database.moment
                self._rows[digest] = replace(row, revoked_at=ended)
                return True
        return False
