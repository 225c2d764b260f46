# SPDX-License-Identifier: EUPL-1.2
"""Ask PostgreSQL one statement at a time, each by itself, over a small pool of connections."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg.rows import class_row
from psycopg.sql import SQL, Composed
from psycopg_pool import ConnectionPool, PoolTimeout

from communique.errors import Unavailable

Row = TypeVar("Row")


class Reader:
    """A pool that survives a restarted server; a connection is held for one statement only."""

    def __init__(self, url: str, *, size: int = 4, patience: float = 5.0) -> None:
        """Make the pool; `open` connects it."""
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=size,
            timeout=patience,
            open=False,
            kwargs={"autocommit": True, "connect_timeout": 5, "options": "-c timezone=UTC"},
        )

    def open(self) -> None:
        """Begin to connect, without waiting."""
        self._pool.open(wait=False)

    def close(self) -> None:
        """Let the connections go."""
        self._pool.close()

    def all(
        self, query: SQL | Composed, values: Mapping[str, Any], row: type[Row]
    ) -> Sequence[Row]:
        """Return every row of the answer.

        Raises:
            Unavailable: the database does not answer.
        """
        try:
            return self._ask(query, values, row)
        except PoolTimeout as error:
            raise Unavailable("the database does not answer") from error
        except psycopg.OperationalError:
            # A pooled connection may have died with an earlier server: throw those out, ask anew.
            return self._ask_anew(query, values, row)

    def _ask_anew(
        self, query: SQL | Composed, values: Mapping[str, Any], row: type[Row]
    ) -> Sequence[Row]:
        try:
            self._pool.check()
            return self._ask(query, values, row)
        except psycopg.OperationalError as error:
            raise Unavailable("the database does not answer") from error

    def _ask(
        self, query: SQL | Composed, values: Mapping[str, Any], row: type[Row]
    ) -> Sequence[Row]:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(row)) as cursor,
        ):
            return cursor.execute(query, values).fetchall()
