# SPDX-License-Identifier: EUPL-1.2
"""One connection, one commit: assets and outbox together."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from communique import db
from communique.errors import Unavailable
from communique.events.envelope import EventType
from communique.events.media import Asset as AnnouncedAsset
from communique.outbox.add import add
from media_store.store.assets import SqlAssets
from media_store.store.tables import OUTBOX


class SqlUnitOfWork:
    """Assets and the events about them: one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on the caller's connection."""
        self._connection = connection
        self._assets = SqlAssets(connection)

    @property
    def assets(self) -> SqlAssets:
        """The assets."""
        return self._assets

    def announce(self, event_type: EventType, asset: AnnouncedAsset) -> None:
        """Put an event beside the change."""
        add(self._connection, OUTBOX, event_type, asset, key=asset.id)


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[SqlUnitOfWork]:
    """Open a transaction; commit at the end, roll back on any error.

    Raises:
        Unavailable: the database does not answer.
    """
    try:
        with db.transaction(engine) as connection:
            yield SqlUnitOfWork(connection)
    except (db.Away, NoFreeConnection) as error:
        raise Unavailable("The database does not answer.") from error
