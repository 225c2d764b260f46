# SPDX-License-Identifier: EUPL-1.2
"""One transaction over everything the service owns: rows and outbox together."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine, insert

from communique import db
from communique.events.delivery import Receipt
from communique.events.envelope import EventType
from communique.outbox.add import add
from syndicator.ports import (
    Articles,
    Assets,
    Audit,
    Channels,
    Deed,
    Deliveries,
    Outbox,
    Renderings,
    UnitOfWork,
)
from syndicator.store import tables
from syndicator.store.articles import SqlArticles, SqlAssets
from syndicator.store.channels import SqlChannels
from syndicator.store.deliveries import SqlDeliveries
from syndicator.store.renderings import SqlRenderings
from syndicator.store.vault import Vault


class SqlOutbox:
    """Events beside the change they announce."""

    def __init__(self, connection: Connection) -> None:
        """Take the transaction."""
        self._connection = connection

    def announce(self, event_type: EventType, receipt: Receipt) -> None:
        """Put a receipt beside the change it tells of."""
        add(self._connection, tables.outbox, event_type, receipt, key=receipt.article)


class SqlAudit:
    """Who did what."""

    def __init__(self, connection: Connection) -> None:
        """Take the transaction."""
        self._connection = connection

    def note(self, deed: Deed) -> None:
        """Write it down."""
        self._connection.execute(
            insert(tables.audit).values(
                actor=deed.actor,
                action=deed.action,
                subject=deed.subject,
                detail=dict(deed.detail),
            )
        )


class SqlUnitOfWork:
    """The repositories over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        """Take the transaction, and what opens credentials."""
        self._connection = connection
        self.channels: Channels = SqlChannels(connection, vault)
        self.articles: Articles = SqlArticles(connection)
        self.assets: Assets = SqlAssets(connection)
        self.renderings: Renderings = SqlRenderings(connection)
        self.deliveries: Deliveries = SqlDeliveries(connection)
        self.outbox: Outbox = SqlOutbox(connection)
        self.audit: Audit = SqlAudit(connection)

    def now(self) -> datetime:
        """Return the present moment by PostgreSQL's clock."""
        return db.now(self._connection)


class SqlStore:
    """Begins transactions."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Take the database, and what opens credentials."""
        self._engine = engine
        self._vault = vault

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Open a transaction; commit at the end, roll back on any error."""
        with db.transaction(self._engine) as connection:
            yield SqlUnitOfWork(connection, self._vault)
