# SPDX-License-Identifier: EUPL-1.2
"""Tables. Drafts, versions, delivery events and the audit only grow; triggers refuse the rest."""

from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Sequence,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from communique import db
from communique.keys import keys_table
from communique.outbox.table import outbox_table

SCHEMA: Final = "content_api"
#: Told, with the article's id, whenever the public store has changed.
PUBLISHED_CHANNEL: Final = "content_api_published"
#: Told when the scheduler's next moment may have changed.
SCHEDULED_CHANNEL: Final = "content_api_scheduled"

metadata = db.metadata(SCHEMA)
api_keys = keys_table(metadata)
outbox = outbox_table(metadata)
#: Positions of publications; taken under a lock that is held until commit, so in commit order.
positions = Sequence("published_position", metadata=metadata)


def _id(name: str = "id", **options: bool) -> Column[str]:
    return Column(name, Uuid(as_uuid=False), **options)  # type: ignore[arg-type]  # all are flags


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


articles = Table(
    "articles",
    metadata,
    _id(primary_key=True),
    Column("state", Text, nullable=False),
    Column("draft_number", Integer, nullable=False),
    Column("approved_draft", Integer),
    Column("approved_by", Text),
    _moment("approved_at", nullable=True),
    Column("published_draft", Integer),
    Column("version", Integer, nullable=False),
    _moment("first_published_at", nullable=True),
    _moment("published_at", nullable=True),
    _moment("embargo_until", nullable=True),
    Column("scheduled_by", Text),
    Column("created_by", Text, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    CheckConstraint(
        "state IN ('draft', 'approved', 'scheduled', 'live', 'retracted')", name="state"
    ),
    CheckConstraint("state <> 'scheduled' OR embargo_until IS NOT NULL", name="scheduled"),
)
Index(
    "ix_articles_due",
    articles.c.embargo_until,
    postgresql_where=text("state = 'scheduled'"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("author", Text, nullable=False),
    _moment("created_at"),
    Column("change_note", Text),
    Column("restored_from", Integer),
)

versions = Table(
    "versions",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("revision", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    _moment("published_at"),
    _id("event_id", nullable=False),
)

published = Table(
    "published",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("slug", Text),
    Column("body", LargeBinary, nullable=False),
    Column("etag", Text, nullable=False),
    Column("retracted", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("topics", ARRAY(Text), nullable=False),
    Column("places", ARRAY(Text), nullable=False),
    Column("missions", ARRAY(Text), nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("audience", Text, nullable=False, server_default="public"),
    Column("offices", ARRAY(Text), nullable=False, server_default="{}"),
    _moment("first_published_at"),
    _moment("published_at"),
    Column("position", BigInteger, nullable=False),
    Column("signed_by", Text),
)
Index(
    "ix_published_newest",
    published.c.locale,
    published.c.first_published_at.desc(),
    published.c.article_id.desc(),
    postgresql_where=text("NOT retracted"),
)
Index(
    "ix_published_updated",
    published.c.locale,
    published.c.published_at.desc(),
    published.c.article_id.desc(),
    postgresql_where=text("NOT retracted"),
)
Index("ix_published_position", published.c.position)
for _tags in ("topics", "places", "missions"):
    Index(f"ix_published_{_tags}", published.c[_tags], postgresql_using="gin")

slugs = Table(
    "slugs",
    metadata,
    Column("locale", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("article_id", ForeignKey(articles.c.id), nullable=False, index=True),
)

delivery_rows = Table(
    "delivery_rows",
    metadata,
    _id("article_id", primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("locale", Text, primary_key=True),
    _moment("at"),
    Column("attempts", Integer, nullable=False),
    Column("receipt", JSONB, nullable=False),
)

delivery_events = Table(
    "delivery_events",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    _id("event_id", nullable=False, unique=True),
    _id("article_id", nullable=False, index=True),
    Column("receipt", JSONB, nullable=False),
    Column(
        "recorded_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.clock_timestamp(),
    ),
)

audit = Table(
    "audit",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    Column("caller", Text, nullable=False),
    Column("action", Text, nullable=False),
    _id("article_id", nullable=False, index=True),
    Column("details", JSONB, nullable=False),
)

GROWING: Final = ("drafts", "versions", "delivery_events", "audit")
