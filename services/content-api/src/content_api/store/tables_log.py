# SPDX-License-Identifier: EUPL-1.2
"""Tables that readers follow and search: the delivery log, and the words of what is live."""

from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from content_api.store.tables import metadata

#: Every change of every (article, locale) that readers can see; locale "" is the whole document.
#: What a change ends stands beside what it begins, so that leaving a filter can be told.
log: Final = Table(
    "log",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", Uuid(as_uuid=False), nullable=False),
    Column("locale", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("reason", Text),
    Column("audience", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("topics", ARRAY(Text), nullable=False),
    Column("places", ARRAY(Text), nullable=False),
    Column("missions", ARRAY(Text), nullable=False),
    Column("etag", Text, nullable=False),
    Column("was_live", Boolean, nullable=False),
    Column("was_audience", Text),
    Column("was_kind", Text),
    Column("was_topics", ARRAY(Text)),
    Column("was_places", ARRAY(Text)),
    Column("was_missions", ARRAY(Text)),
    Column(
        "recorded_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.clock_timestamp(),
    ),
    CheckConstraint("live = (reason IS NULL)", name="reason"),
)
Index("ix_log_follow", log.c.locale, log.c.position)
Index("ix_log_document", log.c.article_id, log.c.locale, log.c.position)

#: The words of every (article, locale) that is live: without accents to find, with them to rank.
search: Final = Table(
    "search",
    metadata,
    Column("article_id", Uuid(as_uuid=False), primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("first_published_at", DateTime(timezone=True), nullable=False),
    Column("folded", TSVECTOR, nullable=False),
    Column("exact", TSVECTOR, nullable=False),
)
Index("ix_search_folded", search.c.folded, postgresql_using="gin")
