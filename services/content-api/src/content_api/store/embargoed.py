# SPDX-License-Identifier: EUPL-1.2
"""What the press holds in trust, beside its announcement on the embargoed topic."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import insert

from communique.events.envelope import EventType
from communique.events.shapes import ArticleSchema
from communique.events.topics import ARTICLES_EMBARGOED
from communique.outbox.add import add as announce
from content_api.domain.embargo import Held, HeldState
from content_api.store import tables
from content_api.store.tables_locales import embargoed as table


class StoredEmbargoed:
    """The last document of each article on the press tier."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def get(self, article: str) -> Held | None:
        """Return it; None when the press never held any."""
        row = self._connection.execute(
            select(table).where(table.c.article_id == article)
        ).one_or_none()
        return None if row is None else _held(row)

    def put(self, held: Held, event: EventType) -> None:
        """Write it and announce it on the embargoed topic."""
        article = held.article
        event_id = announce(
            self._connection,
            tables.outbox,
            event,
            article,
            key=article.id,
            topic=ARTICLES_EMBARGOED,
        )
        values = {
            "state": held.state.value,
            "version": article.version,
            "body": held.body,
            "etag": held.etag,
            "event_id": event_id,
        }
        self._connection.execute(
            insert(table)
            .values(article_id=article.id, **values)
            .on_conflict_do_update(index_elements=[table.c.article_id], set_=values)
        )

    def page(self, before: str | None, limit: int) -> Sequence[Held]:
        """Return what is held now, by article id, newest first, after the one named."""
        query = (
            select(table)
            .where(table.c.state == HeldState.HELD.value)
            .order_by(table.c.article_id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(table.c.article_id < before)
        return [_held(row) for row in self._connection.execute(query)]


def _held(row: Row[Any]) -> Held:
    body = bytes(row.body)
    article = ArticleSchema().lenient(orjson.loads(body))
    return Held(article, HeldState(row.state), body, row.etag)
