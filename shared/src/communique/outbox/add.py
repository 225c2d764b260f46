# SPDX-License-Identifier: EUPL-1.2
"""Put an event beside the change it announces."""

from typing import Final

from sqlalchemy import Connection, Table, func, insert, select

from communique.errors import TooLarge
from communique.events.codec import VERSION, Payload, encode_value
from communique.events.envelope import EventType
from communique.events.topics import topic_of
from communique.ids import new_id
from communique.outbox.table import channel_of

MOST_BYTES: Final = 900_000


def add(
    connection: Connection,
    table: Table,
    event_type: EventType,
    payload: Payload,
    *,
    key: str,
    topic: str | None = None,
) -> str:
    """Insert one event in the caller's transaction and return its id; the relay wakes on commit.

    Raises:
        TooLarge: the broker would never take it, and every later event would wait behind it.
    """
    value = encode_value(event_type, payload)
    if len(value) > MOST_BYTES:
        raise TooLarge(f"In all its languages it has {len(value)} bytes, over {MOST_BYTES}.")
    event_id = new_id()
    connection.execute(
        insert(table).values(
            event_id=event_id,
            type=event_type.value,
            version=VERSION,
            source=f"/{table.schema}",
            topic=topic or topic_of(event_type),
            key=key,
            value=value,
        )
    )
    connection.execute(select(func.pg_notify(channel_of(table), key)))
    return event_id
