# SPDX-License-Identifier: EUPL-1.2
"""Load, save and claim delivery rows."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from syndicator.domain.delivery import Delivery
from syndicator.ports import DeliveryQuery
from syndicator.store import claims
from syndicator.store.delivery_rows import from_row, to_row
from syndicator.store.tables import deliveries as table

DUE = "syndicator_due"
_IDENTITY = frozenset({"id", "channel", "article", "locale", "created_at"})


class SqlDeliveries:
    """The delivery rows, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Take the transaction."""
        self._connection = connection

    def of_article(self, article: str) -> list[Delivery]:
        """Return and lock every row of an article, always in the same order."""
        query = select(table).where(table.c.article == article).order_by(table.c.id)
        rows = self._connection.execute(query.with_for_update())
        return [from_row(row) for row in rows]

    def get(self, delivery: str) -> Delivery | None:
        """Return and lock one row."""
        query = select(table).where(table.c.id == delivery).with_for_update()
        row = self._connection.execute(query).one_or_none()
        return None if row is None else from_row(row)

    def save(self, delivery: Delivery) -> None:
        """Write a row, new or changed; workers wake when it is due."""
        values = to_row(delivery)
        changed = {name: value for name, value in values.items() if name not in _IDENTITY}
        self._connection.execute(
            insert(table)
            .values(**values)
            .on_conflict_do_update(index_elements=[table.c.id], set_=changed)
        )
        if delivery.next_attempt_at is not None:
            self._connection.execute(select(func.pg_notify(DUE, delivery.channel)))

    def search(self, query: DeliveryQuery) -> list[Delivery]:
        """Return rows in the order of their ids."""
        found = select(table).order_by(table.c.id).limit(query.limit)
        if query.article is not None:
            found = found.where(table.c.article == query.article)
        if query.channel is not None:
            found = found.where(table.c.channel == query.channel)
        if query.state is not None:
            found = found.where(table.c.state == query.state.value)
        if query.after is not None:
            found = found.where(table.c.id > query.after)
        return [from_row(row) for row in self._connection.execute(found)]

    def ready(self, busy: Collection[str], limit: int) -> list[str]:
        """Return channels that have something to do now, the most urgent first."""
        return claims.ready(self._connection, busy, limit)

    def claim(self, channel: str) -> Delivery | None:
        """Lock and return the row to work on next."""
        return claims.claim(self._connection, channel)

    def lost(self, limit: int) -> list[Delivery]:
        """Lock and return rows whose call has said nothing for too long."""
        return claims.lost(self._connection, limit)

    def wake(self, asset: str) -> None:
        """Make rows that wait for an asset due now."""
        self._connection.execute(
            update(table)
            .where(table.c.waits_for == asset)
            .values(next_attempt_at=func.clock_timestamp(), waits_for=None)
        )
        self._connection.execute(select(func.pg_notify(DUE, asset)))

    def next_attempt_at(self) -> datetime | None:
        """Return when the next row is due that is not due yet."""
        query = select(func.min(table.c.next_attempt_at)).where(
            table.c.next_attempt_at > func.clock_timestamp()
        )
        moment: datetime | None = self._connection.execute(query).scalar_one()
        return moment
