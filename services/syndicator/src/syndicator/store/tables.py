# SPDX-License-Identifier: EUPL-1.2
"""Tables of the schema `syndicator`."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from communique import db
from communique.keys import keys_table
from communique.outbox.table import outbox_table

SCHEMA = "syndicator"
metadata = db.metadata(SCHEMA)


def _id(name: str, *more: Any, **options: Any) -> Column[str]:
    return Column(name, Uuid(as_uuid=False), *more, **options)


def _moment(name: str, **options: Any) -> Column[Any]:
    return Column(name, DateTime(timezone=True), **options)


def _moment_now(name: str) -> Column[Any]:
    return _moment(name, nullable=False, server_default=func.clock_timestamp())


channels = Table(
    "channels",
    metadata,
    Column("name", Text, primary_key=True),
    Column("spec", JSONB, nullable=False),
    Column("credential", LargeBinary),
    Column("state", Text, nullable=False, server_default="active"),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("per_minute", Integer),
    _moment("slot_at"),  # when the next call is due at an even pace; see store/claims.py
    _moment_now("created_at"),
    _moment_now("updated_at"),
)

articles = Table(
    "articles",
    metadata,
    _id("id", primary_key=True),
    Column("version", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("assets", ARRAY(Uuid(as_uuid=False)), nullable=False),
    _moment("published_at", nullable=False),
    Index("ix_articles_assets", "assets", postgresql_using="gin"),
    Index("ix_articles_published_at", "published_at"),
)

assets = Table(
    "assets",
    metadata,
    _id("id", primary_key=True),
    Column("document", LargeBinary, nullable=False),
    _moment_now("updated_at"),
)

rendered = Table(
    "rendered",
    metadata,
    _id("article", primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    Column("options", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("media_type", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id("id", primary_key=True),
    Column("channel", Text, ForeignKey("syndicator.channels.name"), nullable=False),
    _id("article", nullable=False),
    Column("locale", Text, nullable=False),
    Column("wanted_version", Integer, nullable=False),
    Column("wanted_hash", Text, nullable=False),
    Column("wanted_revision", Text, nullable=False),
    Column("wanted_selected", Boolean, nullable=False),
    Column("served_locale", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("present_version", Integer),
    Column("present_hash", Text),
    _moment("present_at"),
    Column("external_id", Text),
    Column("url", Text),
    Column("replies", ARRAY(Text), nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("looks", Integer, nullable=False),
    _moment("next_attempt_at"),
    _moment("deadline_at"),
    Column("reason", Text),
    Column("urgency", Integer, nullable=False),
    Column("bulk", Boolean, nullable=False),
    _id("waits_for"),
    Column("refused", ARRAY(Text), nullable=False),
    _id("key"),
    Column("intent", JSONB),
    _moment("sending_until"),
    _moment("wanted_at", nullable=False),
    _moment("created_at", nullable=False),
    _moment("updated_at", nullable=False),
    UniqueConstraint("article", "channel", "locale"),
    Index(
        "ix_deliveries_waiting",
        "channel",
        "bulk",
        "urgency",
        "next_attempt_at",
        postgresql_where=text("next_attempt_at IS NOT NULL"),
    ),
    Index("ix_deliveries_sending", "sending_until", postgresql_where=text("state = 'sending'")),
    Index("ix_deliveries_waits_for", "waits_for", postgresql_where=text("waits_for IS NOT NULL")),
)

entries = Table(
    "entries",
    metadata,
    Column("channel", Text, ForeignKey("syndicator.channels.name"), primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    _id("article", primary_key=True),
    Column("version", Integer, nullable=False),
    Column("fragment", LargeBinary, nullable=False),
    _moment("updated", nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("ix_entries_newest", "channel", "locale", "format", "updated"),
    Index("ix_entries_sequence", "channel", "sequence"),
)

sequences = Table(
    "sequences",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    _moment_now("at"),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", JSONB, nullable=False),
)

outbox = outbox_table(metadata)
api_keys = keys_table(metadata)
