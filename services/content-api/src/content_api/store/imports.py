# SPDX-License-Identifier: EUPL-1.2
"""Remember which items of which source have been imported, and how they were then."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select

from content_api.store.tables_registers import imported


class StoredImports:
    """What has been imported."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def known(self, source: str, items: Sequence[str]) -> Mapping[str, bytes]:
        """Return the hashes of those items that have been imported."""
        rows = self._connection.execute(
            select(imported.c.item, imported.c.hash).where(
                imported.c.source == source, imported.c.item.in_(items)
            )
        )
        return {row.item: bytes(row.hash) for row in rows}

    def add(self, source: str, item: str, digest: bytes, article: str) -> None:
        """Remember an item."""
        self._connection.execute(
            insert(imported).values(source=source, item=item, hash=digest, article_id=article)
        )
