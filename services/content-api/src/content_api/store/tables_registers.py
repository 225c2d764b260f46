# SPDX-License-Identifier: EUPL-1.2
"""Tables of the registers and of what has been imported."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from content_api.store.tables import articles, metadata

register_entries = Table(
    "register_entries",
    metadata,
    Column("register", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("entry", JSONB, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("updated_by", Text, nullable=False),
)

#: Every entry as it ever was; `entry` is null where it was taken out.
register_changes = Table(
    "register_changes",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("register", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("entry", JSONB(none_as_null=True)),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("caller", Text, nullable=False),
)
Index("ix_register_changes_code", register_changes.c.register, register_changes.c.code)

imported = Table(
    "imported",
    metadata,
    Column("source", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("article_id", Uuid(as_uuid=False), ForeignKey(articles.c.id), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
)
Index("ix_imported_article_id", imported.c.article_id)

GROWING: Final = ("register_changes",)
