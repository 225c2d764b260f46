# SPDX-License-Identifier: EUPL-1.2
"""Claim unsent rows in order, produce them, mark them once the broker has them.

One relay per service works at a time: it holds a lease on the connection it marks rows with, so a
standby takes over as soon as that connection ends. Rows may be produced twice (a crash between
acknowledgement and mark); they are never lost and never overtake each other within a key.
"""

import threading
from collections.abc import Iterable, Sequence
from typing import Protocol

import structlog
from sqlalchemy import Connection, Engine, Row, Table, func, select, update

from communique import db, metrics
from communique.errors import Unavailable
from communique.events.codec import to_record
from communique.events.envelope import Event, EventType, Record
from communique.outbox.table import channel_of

log = structlog.get_logger()
_BATCH = 200


class Producer(Protocol):
    """Produces a batch and tells which records the broker has."""

    def send(self, records: Sequence[Record]) -> Iterable[bool]:
        """Produce in order; answer per record whether it was acknowledged."""
        ...


class Relay:
    """Carries one service's outbox to Kafka."""

    def __init__(self, engine: Engine, url: str, table: Table, producer: Producer) -> None:
        """Take the database (twice: pool and address to listen on) and the producer."""
        self._engine = engine
        self._url = url
        self._table = table
        self._producer = producer

    def run(self, stop: threading.Event) -> None:
        """Relay until told to stop; wait as a standby while another relay holds the lease."""
        for _ in db.listen(self._url, [channel_of(self._table)], stop, quiet=1.0):
            with db.lease(self._engine, f"relay:{self._table.schema}") as lease:
                while lease.held and not stop.is_set() and self.step(lease.connection):
                    pass

    def step(self, connection: Connection) -> int:
        """Produce one batch and mark it; return how many rows were marked."""
        rows = self._unsent(connection)
        metrics.OUTBOX_WAITING.set(self._waiting(connection) if rows else 0)
        if not rows:
            connection.rollback()
            return 0
        acknowledged = list(self._producer.send([self._record(row) for row in rows]))
        sent = _in_order(rows, acknowledged)
        table = self._table
        connection.execute(
            update(table)
            .where(table.c.position.in_([row.position for row in sent]))
            .values(sent_at=func.clock_timestamp())
        )
        connection.commit()
        for row in sent:
            metrics.EVENTS_PRODUCED.labels(row.topic).inc()
        log.info("outbox relayed", rows=len(sent), schema=table.schema)
        if len(sent) < len(rows):
            raise Unavailable(f"the broker has not taken {len(rows) - len(sent)} of {len(rows)}")
        return len(sent)

    def _unsent(self, connection: Connection) -> Sequence[Row[tuple[object, ...]]]:
        table = self._table
        return connection.execute(
            select(table).where(table.c.sent_at.is_(None)).order_by(table.c.position).limit(_BATCH)
        ).all()

    def _waiting(self, connection: Connection) -> int:
        rows = select(func.count()).where(self._table.c.sent_at.is_(None))
        return connection.execute(rows).scalar_one()

    @staticmethod
    def _record(row: Row[tuple[object, ...]]) -> Record:
        event = Event(
            id=row.event_id,
            type=EventType(row.type),
            source=row.source,
            time=row.created_at,
            key=row.key,
            value=bytes(row.value),
            version=row.version,
        )
        return to_record(event, row.topic)


def _in_order(
    rows: Sequence[Row[tuple[object, ...]]], acknowledged: Sequence[bool]
) -> list[Row[tuple[object, ...]]]:
    """Keep acknowledged rows, but none that comes after an unacknowledged one of its key."""
    held: set[str] = set()
    sent = []
    for row, done in zip(rows, acknowledged, strict=True):
        if not done:
            held.add(row.key)
        elif row.key not in held:
            sent.append(row)
    return sent
