# SPDX-License-Identifier: EUPL-1.2
"""Keep what formatters have made."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from syndicator.ports import Rendered, RenderKey
from syndicator.store.tables import rendered as table


class SqlRenderings:
    """The renderings, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Take the transaction."""
        self._connection = connection

    def find(self, key: RenderKey) -> Rendered | None:
        """Return what was made before."""
        row = self._connection.execute(
            select(table.c.body, table.c.media_type).where(
                *(table.c[name] == value for name, value in asdict(key).items())
            )
        ).one_or_none()
        return None if row is None else Rendered(bytes(row.body), row.media_type)

    def put(self, key: RenderKey, rendered: Rendered) -> None:
        """Keep what was made; two that make the same at once make it equal."""
        self._connection.execute(
            insert(table)
            .values(**asdict(key), body=rendered.body, media_type=rendered.media_type)
            .on_conflict_do_nothing()
        )

    def forget_before(self, article: str, version: int) -> None:
        """Let go of what was made of older versions."""
        self._connection.execute(
            delete(table).where(table.c.article == article, table.c.version < version)
        )
