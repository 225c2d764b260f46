# SPDX-License-Identifier: EUPL-1.2
"""Tables of languages with a life of their own, of releases, and of what the press holds."""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)

from content_api.store.tables import articles, metadata


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


locales: Final = Table(
    "locales",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("submitted_hash", Text),
    Column("submitted_by", Text),
    _moment("submitted_at", nullable=True),
    Column("approved_hash", Text),
    Column("approved_draft", Integer),
    Column("approved_by", Text),
    _moment("approved_at", nullable=True),
    Column("content_hash", Text),
    Column("version", Integer, nullable=False),
    Column("text_version", Integer, nullable=False),
    Column("source_version", Integer),
    Column("revision", Text, nullable=False),
    _moment("first_published_at", nullable=True),
    _moment("published_at", nullable=True),
    _moment("withdrawn_at", nullable=True),
    Column("notice", Text),
    _moment("publish_at", nullable=True),
    Column("scheduled_by", Text),
)
Index("ix_locales_due", locales.c.publish_at, postgresql_where=text("publish_at IS NOT NULL"))

releases: Final = Table(
    "releases",
    metadata,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("title", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("reason", Text),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    _moment("publish_at", nullable=True),
    Column("scheduled_by", Text),
    _moment("published_at", nullable=True),
    Column("created_by", Text, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    CheckConstraint(
        "state IN ('planned', 'scheduled', 'overdue', 'published', 'cancelled')", name="state"
    ),
    CheckConstraint("mode = 'atomic' OR reason IS NOT NULL", name="partial"),
)
Index(
    "ix_releases_due",
    releases.c.publish_at,
    postgresql_where=text("state IN ('scheduled', 'overdue')"),
)

release_items: Final = Table(
    "release_items",
    metadata,
    Column("release_id", ForeignKey(releases.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("article_id", ForeignKey(articles.c.id), nullable=False, index=True),
    Column("locale", Text, nullable=False),
    Column("version", Integer),
)

embargoed: Final = Table(
    "embargoed",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("etag", Text, nullable=False),
    Column("event_id", Uuid(as_uuid=False), nullable=False),
    CheckConstraint("state IN ('held', 'lifted', 'cancelled')", name="state"),
)
Index(
    "ix_embargoed_held",
    embargoed.c.article_id.desc(),
    postgresql_where=text("state = 'held'"),
)
