# SPDX-License-Identifier: EUPL-1.2
"""What each translation was made from; it only grows."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from content_api.store.tables import articles, metadata

#: `links` is a list of [source draft, target address, source address, SHA-256 of the source].
translations: Final = Table(
    "translations",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("draft", Integer, nullable=False),
    Column("source_draft", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("links", JSONB, nullable=False),
    CheckConstraint("origin IN ('saved', 'confirmed', 'imported', 'machine')", name="origin"),
)
