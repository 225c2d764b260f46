# SPDX-License-Identifier: EUPL-1.2
"""What delivery keeps beside the finished bytes: how lists find them, and shared previews."""

from typing import Final

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    func,
)

from content_api.store.tables import articles, metadata

#: One row for each value by which a live document can be listed, kept by triggers on `published`:
#: a page of a filtered list is a short walk along an index, however many documents there are.
facets: Final = Table(
    "facets",
    metadata,
    Column("locale", Text, nullable=False),
    Column("facet", Text, nullable=False),
    Column("first_published_at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("article_id", Uuid(as_uuid=False), nullable=False),
    PrimaryKeyConstraint("locale", "facet", "first_published_at", "article_id"),
)
Index(
    "ix_facets_updated",
    facets.c.locale,
    facets.c.facet,
    facets.c.published_at,
    facets.c.article_id,
)

previews: Final = Table(
    "previews",
    metadata,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("article_id", ForeignKey(articles.c.id), nullable=False, index=True),
    Column("draft", Integer),
    Column("locale", Text),
    Column("created_by", Text, nullable=False),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.clock_timestamp(),
    ),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
)
