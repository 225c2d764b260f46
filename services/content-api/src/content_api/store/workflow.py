# SPDX-License-Identifier: EUPL-1.2
"""Reviews, assignments and edit locks."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from content_api.domain.assignment import Assignment
from content_api.domain.locks import Lock
from content_api.domain.review import ReviewAction, ReviewEvent
from content_api.domain.roles import Role
from content_api.store.tables import articles
from content_api.store.tables_workflow import assignments, locks, reviews


class StoredReviews:
    """What was submitted and sent back; only grows."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, event: ReviewEvent) -> None:
        """Write one step."""
        self._connection.execute(insert(reviews).values(to_row(event)))

    def of(self, article: str) -> Sequence[ReviewEvent]:
        """Return every step, oldest first."""
        rows = self._connection.execute(
            select(reviews).where(reviews.c.article_id == article).order_by(reviews.c.position)
        )
        return [_event(row) for row in rows]

    def open(self, limit: int) -> Sequence[ReviewEvent]:
        """Return the last step of each article, where it still holds; longest waiting first."""
        later = reviews.alias()
        rows = self._connection.execute(
            select(reviews)
            .join(articles, articles.c.id == reviews.c.article_id)
            .where(
                reviews.c.draft == articles.c.draft_number,
                articles.c.approved_draft.is_distinct_from(articles.c.draft_number),
                ~exists().where(
                    later.c.article_id == reviews.c.article_id,
                    later.c.position > reviews.c.position,
                ),
            )
            .order_by(reviews.c.position)
            .limit(limit)
        )
        return [_event(row) for row in rows]


class StoredAssignments:
    """Who works on what."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, assignment: Assignment) -> None:
        """Insert it."""
        self._connection.execute(insert(assignments).values(to_row(assignment)))

    def find(self, assignment: str) -> Assignment | None:
        """Return it, or None."""
        row = self._connection.execute(
            select(assignments).where(assignments.c.id == assignment)
        ).one_or_none()
        return None if row is None else _assignment(row)

    def save(self, assignment: Assignment) -> None:
        """Write it."""
        self._connection.execute(
            update(assignments).where(assignments.c.id == assignment.id).values(to_row(assignment))
        )

    def of(self, article: str) -> Sequence[Assignment]:
        """Return those of an article, oldest first."""
        rows = self._connection.execute(
            select(assignments)
            .where(assignments.c.article_id == article)
            .order_by(assignments.c.id)
        )
        return [_assignment(row) for row in rows]

    def open_for(self, assignee: str, limit: int) -> Sequence[Assignment]:
        """Return somebody's open ones; what is due first comes first."""
        rows = self._connection.execute(
            select(assignments)
            .where(assignments.c.assignee == assignee, assignments.c.ended_at.is_(None))
            .order_by(assignments.c.due_at.asc().nulls_last(), assignments.c.id)
            .limit(limit)
        )
        return [_assignment(row) for row in rows]


class StoredLocks:
    """Who holds which text, and until when; expired locks stand until they are replaced."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def of(self, article: str) -> Sequence[Lock]:
        """Return those of an article, expired ones too."""
        rows = self._connection.execute(
            select(locks).where(locks.c.article_id == article).order_by(locks.c.locale)
        )
        return [_lock(row) for row in rows]

    def held_by(self, holder: str) -> Sequence[Lock]:
        """Return somebody's, expired ones too."""
        rows = self._connection.execute(
            select(locks)
            .where(locks.c.holder == holder)
            .order_by(locks.c.article_id, locks.c.locale)
        )
        return [_lock(row) for row in rows]

    def put(self, lock: Lock) -> None:
        """Set the lock of a text, in the place of any other."""
        values = to_row(lock)
        self._connection.execute(
            insert(locks)
            .values(values)
            .on_conflict_do_update(
                index_elements=[locks.c.article_id, locks.c.locale],
                set_={
                    name: value
                    for name, value in values.items()
                    if name not in {"article_id", "locale"}
                },
            )
        )

    def remove(self, lock: Lock) -> None:
        """Let it go."""
        self._connection.execute(
            delete(locks).where(locks.c.article_id == lock.article, locks.c.locale == lock.locale)
        )


def to_row(value: Any) -> dict[str, Any]:
    """Return a value of ours as a row: `article` is the column `article_id`."""
    row = asdict(value)
    row["article_id"] = row.pop("article")
    return row


def from_row(row: Row[Any]) -> dict[str, Any]:
    """Return a row as the fields of a value of ours."""
    values = row._asdict()
    fields = {name: value for name, value in values.items() if name != "position"}
    fields["article"] = fields.pop("article_id")
    return fields


def _event(row: Row[Any]) -> ReviewEvent:
    return ReviewEvent(**{**from_row(row), "action": ReviewAction(row.action)})


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(**{**from_row(row), "role": Role(row.role)})


def _lock(row: Row[Any]) -> Lock:
    return Lock(**from_row(row))
