# SPDX-License-Identifier: EUPL-1.2
"""Tables of the glossary. Its changes and the waivers only grow; triggers refuse the rest."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from content_api.store import tables

#: One row: the version that grows with every change, and is locked by it.
glossary = Table(
    "glossary",
    tables.metadata,
    Column("only", Boolean, primary_key=True, server_default=text("true")),
    Column("version", Integer, nullable=False),
    CheckConstraint('"only"', name="only"),
)

terms = Table(
    "terms",
    tables.metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("definition", Text),
    Column("note", Text),
    Column("locales", JSONB, nullable=False),
    Column("search", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("updated_by", Text, nullable=False),
)

term_changes = Table(
    "term_changes",
    tables.metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    Column("caller", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("term_id", ForeignKey(terms.c.id), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("concept", JSONB, nullable=False),
)

term_waivers = Table(
    "term_waivers",
    tables.metadata,
    Column("article_id", ForeignKey(tables.articles.c.id), primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("concept", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("waived_by", Text, nullable=False),
    Column("waived_at", DateTime(timezone=True), nullable=False),
)
