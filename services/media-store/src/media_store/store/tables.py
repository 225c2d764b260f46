# SPDX-License-Identifier: EUPL-1.2
"""Tables of the schema `media_store`."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from communique import db
from communique.events.media import AssetState
from communique.keys import keys_table
from communique.outbox.table import outbox_table

SCHEMA: Final = "media_store"
METADATA: Final = db.metadata(SCHEMA)
OUTBOX: Final = outbox_table(METADATA)
KEYS: Final = keys_table(METADATA)

ASSETS: Final = Table(
    "assets",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("state", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("due", Boolean, nullable=False),
    Column("filename", Text),
    Column("width", Integer),
    Column("height", Integer),
    Column("credit", Text),
    Column("rights", Text),
    Column("creator", Text),
    Column("caption", JSONB, nullable=False),
    Column("alt", JSONB, nullable=False),
    Column("reason", Text),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.clock_timestamp(),
    ),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("lease_token", Uuid(as_uuid=False)),
    Column("lease_until", DateTime(timezone=True)),
    CheckConstraint(
        "state IN ({})".format(", ".join(f"'{state.value}'" for state in AssetState)), name="state"
    ),
)
Index("ix_assets_due", ASSETS.c.id, postgresql_where=ASSETS.c.due)

RENDITIONS: Final = Table(
    "renditions",
    METADATA,
    Column("asset_id", Uuid(as_uuid=False), ForeignKey(ASSETS.c.id), primary_key=True),
    Column("profile", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("current", Boolean, nullable=False),
)
Index("ix_renditions_sha256", RENDITIONS.c.sha256)
