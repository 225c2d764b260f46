# SPDX-License-Identifier: EUPL-1.2
"""What became of each article on each channel."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from communique.events.delivery import Receipt
from communique.events.shapes import ReceiptSchema
from content_api.ports import DeliveryEvent
from content_api.store import tables


class StoredDeliveries:
    """The latest receipt of every delivery, and all that came before."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def record(self, event: str, receipt: Receipt) -> bool:
        """Add to the history, and to the latest state if it is newer; False when known."""
        document = ReceiptSchema().dump(receipt)
        new = self._connection.execute(
            insert(tables.delivery_events)
            .values(event_id=event, article_id=receipt.article, receipt=document)
            .on_conflict_do_nothing()
            .returning(tables.delivery_events.c.position)
        ).scalar_one_or_none()
        if new is None:
            return False
        self._keep_newest(receipt, document)
        return True

    def latest(self, article: str) -> Sequence[Receipt]:
        """Return the latest receipt per channel and language."""
        table = tables.delivery_rows
        rows = self._connection.execute(
            select(table.c.receipt)
            .where(table.c.article_id == article)
            .order_by(table.c.channel, table.c.locale)
        )
        return [_receipt(row.receipt) for row in rows]

    def history(self, article: str) -> Sequence[DeliveryEvent]:
        """Return every receipt, oldest first."""
        table = tables.delivery_events
        rows = self._connection.execute(
            select(table).where(table.c.article_id == article).order_by(table.c.position)
        )
        return [DeliveryEvent(row.event_id, row.recorded_at, _receipt(row.receipt)) for row in rows]

    def _keep_newest(self, receipt: Receipt, document: dict[str, Any]) -> None:
        table = tables.delivery_rows
        fresh = insert(table).values(
            article_id=receipt.article,
            channel=receipt.channel,
            locale=receipt.locale,
            at=receipt.at,
            attempts=receipt.attempts,
            receipt=document,
        )
        given = fresh.excluded
        self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=[table.c.article_id, table.c.channel, table.c.locale],
                set_={"at": given.at, "attempts": given.attempts, "receipt": given.receipt},
                where=tuple_(given.at, given.attempts) >= tuple_(table.c.at, table.c.attempts),
            )
        )


def _receipt(document: dict[str, Any]) -> Receipt:
    receipt: Receipt = ReceiptSchema().lenient(document)
    return receipt
