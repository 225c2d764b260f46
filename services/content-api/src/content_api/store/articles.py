# SPDX-License-Identifier: EUPL-1.2
"""Load and save what the desk knows of articles: the row, its drafts, the audit."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, func, select, update
from sqlalchemy.dialects.postgresql import insert

from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.document_codec import from_json, to_json
from content_api.domain.errors import NoSuchArticle
from content_api.domain.states import State
from content_api.ports import AuditLine
from content_api.store import tables


class StoredArticles:
    """The rows that a change of an article locks."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, article: DeskArticle) -> bool:
        """Insert it; False when the id is taken."""
        made = self._connection.execute(
            insert(tables.articles)
            .values(asdict(article))
            .on_conflict_do_nothing()
            .returning(tables.articles.c.id)
        ).scalar_one_or_none()
        return made is not None

    def get(self, article: str) -> DeskArticle:
        """Return it, or raise NoSuchArticle."""
        return self._one(select(tables.articles).where(tables.articles.c.id == article))

    def lock(self, article: str) -> DeskArticle:
        """Return it and keep every other change of it waiting; or raise NoSuchArticle."""
        return self._one(
            select(tables.articles).where(tables.articles.c.id == article).with_for_update()
        )

    def save(self, article: DeskArticle) -> None:
        """Write it."""
        self._connection.execute(
            update(tables.articles)
            .where(tables.articles.c.id == article.id)
            .values({name: value for name, value in asdict(article).items() if name != "id"})
        )

    def page(self, state: State | None, before: str | None, limit: int) -> Sequence[DeskArticle]:
        """Return articles by id, newest first, after the one named by `before`."""
        table = tables.articles
        query = select(table).order_by(table.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(table.c.state == state.value)
        if before is not None:
            query = query.where(table.c.id < before)
        return [_article(row) for row in self._connection.execute(query)]

    def known(self, article: str) -> bool:
        """Tell whether there is such an article."""
        table = tables.articles
        found = select(table.c.id).where(table.c.id == article)
        return self._connection.execute(found).scalar_one_or_none() is not None

    def due(self, limit: int) -> Sequence[str]:
        """Return approved articles whose embargo has lifted by the database's clock."""
        table = tables.articles
        return (
            self._connection.execute(
                select(table.c.id)
                .where(
                    table.c.state == State.SCHEDULED.value,
                    table.c.embargo_until <= func.now(),
                    table.c.approved_draft == table.c.draft_number,
                )
                .order_by(table.c.embargo_until)
                .limit(limit)
            )
            .scalars()
            .all()
        )

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next embargo is, by the same clock; None when none lies ahead."""
        table = tables.articles
        wait: timedelta | None = self._connection.execute(
            select(func.min(table.c.embargo_until) - func.clock_timestamp()).where(
                table.c.state == State.SCHEDULED.value, table.c.embargo_until > func.now()
            )
        ).scalar_one()
        return wait

    def unready(self) -> int:
        """Count scheduled articles whose moment has passed and whose draft nobody approved."""
        table = tables.articles
        count: int = self._connection.execute(
            select(func.count()).where(
                table.c.state == State.SCHEDULED.value,
                table.c.embargo_until <= func.now(),
                table.c.approved_draft.is_distinct_from(table.c.draft_number),
            )
        ).scalar_one()
        return count

    def _one(self, query: Select[Any]) -> DeskArticle:
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NoSuchArticle
        return _article(row)


class StoredDrafts:
    """Immutable documents, numbered per article."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, draft: Draft) -> None:
        """Insert it."""
        self._connection.execute(
            insert(tables.drafts).values(
                article_id=draft.article,
                number=draft.number,
                document=orjson.loads(to_json(draft.document)),
                author=draft.author,
                created_at=draft.created_at,
                change_note=draft.change_note,
                restored_from=draft.restored_from,
            )
        )

    def get(self, article: str, number: int) -> Draft:
        """Return it; it exists."""
        table = tables.drafts
        row = self._connection.execute(
            select(table).where(table.c.article_id == article, table.c.number == number)
        ).one()
        return _draft(row)

    def find(self, article: str, number: int) -> Draft | None:
        """Return it, or None."""
        table = tables.drafts
        row = self._connection.execute(
            select(table).where(table.c.article_id == article, table.c.number == number)
        ).one_or_none()
        return None if row is None else _draft(row)

    def page(self, article: str, before: int | None, limit: int) -> Sequence[Draft]:
        """Return drafts, newest first, before the one of that number."""
        table = tables.drafts
        query = select(table).where(table.c.article_id == article)
        if before is not None:
            query = query.where(table.c.number < before)
        rows = self._connection.execute(query.order_by(table.c.number.desc()).limit(limit))
        return [_draft(row) for row in rows]

    def authors(self, article: str, *, after: int) -> Sequence[str]:
        """Name who wrote the drafts after that number."""
        table = tables.drafts
        return (
            self._connection.execute(
                select(table.c.author)
                .distinct()
                .where(table.c.article_id == article, table.c.number > after)
            )
            .scalars()
            .all()
        )


class StoredAudit:
    """Who did what, append-only."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, caller: str, action: str, article: str, details: Mapping[str, Any]) -> None:
        """Write one line."""
        self._connection.execute(
            insert(tables.audit).values(
                caller=caller, action=action, article_id=article, details=dict(details)
            )
        )

    def page(self, article: str, before: int | None, limit: int) -> Sequence[AuditLine]:
        """Return what was done to an article, newest first, before that position."""
        table = tables.audit
        query = select(table).where(table.c.article_id == article)
        if before is not None:
            query = query.where(table.c.position < before)
        rows = self._connection.execute(query.order_by(table.c.position.desc()).limit(limit))
        return [
            AuditLine(row.position, row.at, row.caller, row.action, row.article_id, row.details)
            for row in rows
        ]


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        row.article_id,
        row.number,
        from_json(orjson.dumps(row.document)),
        row.author,
        row.created_at,
        row.change_note,
        row.restored_from,
    )


def _article(row: Row[Any]) -> DeskArticle:
    return DeskArticle(**{**row._asdict(), "state": State(row.state)})
