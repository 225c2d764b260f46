# SPDX-License-Identifier: EUPL-1.2
"""Tables of the desk's workflow: reviews (which only grow), work, comments, locks, authority."""

from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from content_api.store.tables import articles, metadata


def _article(*, primary_key: bool = False) -> Column[str]:
    return Column("article_id", ForeignKey(articles.c.id), nullable=False, primary_key=primary_key)


def _id() -> Column[str]:
    return Column("id", Uuid(as_uuid=False), primary_key=True)


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


reviews = Table(
    "reviews",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    _article(),
    Column("action", Text, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("caller", Text, nullable=False),
    _moment("at"),
    Column("words", Text),
    Column("returned_to", Text),
)
Index("ix_reviews_article", reviews.c.article_id, reviews.c.position)

assignments = Table(
    "assignments",
    metadata,
    _id(),
    _article(),
    Column("assignee", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("assigned_by", Text, nullable=False),
    _moment("assigned_at"),
    Column("locale", Text),
    _moment("due_at", nullable=True),
    Column("note", Text),
    _moment("ended_at", nullable=True),
    Column("ended_by", Text),
    Column("done", Boolean, nullable=False),
)
Index("ix_assignments_article", assignments.c.article_id)
Index("ix_assignments_open", assignments.c.assignee, postgresql_where=text("ended_at IS NULL"))

comments = Table(
    "comments",
    metadata,
    _id(),
    _article(),
    Column("author", Text, nullable=False),
    _moment("at"),
    Column("text", Text, nullable=False),
    Column("thread", Uuid(as_uuid=False), ForeignKey("content_api.comments.id")),
    Column("anchor", JSONB),
    _moment("resolved_at", nullable=True),
    Column("resolved_by", Text),
)
Index("ix_comments_article", comments.c.article_id)

locks = Table(
    "locks",
    metadata,
    _article(primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    _moment("acquired_at"),
    _moment("expires_at"),
)
Index("ix_locks_holder", locks.c.holder)

authority_rules = Table(
    "authority_rules",
    metadata,
    _id(),
    Column("power", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("labels", ARRAY(Text), nullable=False),
    Column("created_by", Text, nullable=False),
    _moment("created_at"),
    Column("kind", Text),
    Column("topic", Text),
    Column("place", Text),
    Column("note", Text),
    Column("ended_by", Text),
    _moment("ended_at", nullable=True),
)

GROWING: Final = ("reviews",)
