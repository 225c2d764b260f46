# SPDX-License-Identifier: EUPL-1.2
"""The outbox table of a service."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    text,
)


def outbox_table(metadata: MetaData) -> Table:
    """Declare the table in a service's schema."""
    table = Table(
        "outbox",
        metadata,
        Column("position", BigInteger, Identity(always=True), primary_key=True),
        Column("event_id", Uuid(as_uuid=False), nullable=False, unique=True),
        Column("type", Text, nullable=False),
        Column("version", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("value", LargeBinary, nullable=False),
        Column(
            "created_at",
            DateTime(timezone=True),
            nullable=False,
            server_default=func.clock_timestamp(),
        ),
        Column("sent_at", DateTime(timezone=True)),
    )
    Index("ix_outbox_unsent", table.c.position, postgresql_where=text("sent_at IS NULL"))
    return table


def channel_of(table: Table) -> str:
    """Return the name under which a new row is notified."""
    return f"{table.schema}_outbox"
