# SPDX-License-Identifier: EUPL-1.2
"""Reviews, assignments, comments, locks and rules of authority, in memory."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from content_api.domain.assignment import Assignment
from content_api.domain.authority import AuthorityRule
from content_api.domain.comment import Comment
from content_api.domain.locks import Lock
from content_api.domain.review import ReviewEvent
from content_api.testing.memory_tables import Tables

_NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)


class MemoryReviews:
    """What was submitted and sent back; only grows."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._tables = tables

    def add(self, event: ReviewEvent) -> None:
        """Write one step."""
        self._tables.reviews.append(event)

    def of(self, article: str) -> Sequence[ReviewEvent]:
        """Return every step, oldest first."""
        return [event for event in self._tables.reviews if event.article == article]

    def open(self, limit: int) -> Sequence[ReviewEvent]:
        """Return the last step of each article, where it still holds; longest waiting first."""
        return [
            event
            for event in self._tables.reviews
            if event is self.of(event.article)[-1] and self._holds(event)
        ][:limit]

    def _holds(self, event: ReviewEvent) -> bool:
        article = self._tables.articles[event.article]
        return event.draft == article.draft_number and not article.approved


class MemoryAssignments:
    """Who works on what."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._rows = tables.assignments

    def add(self, assignment: Assignment) -> None:
        """Insert it."""
        self._rows[assignment.id] = assignment

    def find(self, assignment: str) -> Assignment | None:
        """Return it, or None."""
        return self._rows.get(assignment)

    def save(self, assignment: Assignment) -> None:
        """Write it."""
        self._rows[assignment.id] = assignment

    def of(self, article: str) -> Sequence[Assignment]:
        """Return those of an article, oldest first."""
        found = [row for row in self._rows.values() if row.article == article]
        return sorted(found, key=lambda row: row.id)

    def open_for(self, assignee: str, limit: int) -> Sequence[Assignment]:
        """Return somebody's open ones; what is due first comes first."""
        found = [
            row for row in self._rows.values() if row.assignee == assignee and row.ended_at is None
        ]
        return sorted(found, key=lambda row: (row.due_at or _NEVER, row.id))[:limit]


class MemoryComments:
    """Remarks and answers."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._rows = tables.comments

    def add(self, comment: Comment) -> None:
        """Insert it."""
        self._rows[comment.id] = comment

    def find(self, comment: str) -> Comment | None:
        """Return it, or None."""
        return self._rows.get(comment)

    def save(self, comment: Comment) -> None:
        """Write it."""
        self._rows[comment.id] = comment

    def of(self, article: str) -> Sequence[Comment]:
        """Return those of an article, oldest first."""
        found = [row for row in self._rows.values() if row.article == article]
        return sorted(found, key=lambda row: row.id)


class MemoryLocks:
    """Who holds which text, and until when."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._rows = tables.locks

    def of(self, article: str) -> Sequence[Lock]:
        """Return those of an article, expired ones too."""
        return [lock for (of, _), lock in sorted(self._rows.items()) if of == article]

    def held_by(self, holder: str) -> Sequence[Lock]:
        """Return somebody's, expired ones too."""
        return [lock for _, lock in sorted(self._rows.items()) if lock.holder == holder]

    def put(self, lock: Lock) -> None:
        """Set the lock of a text, in the place of any other."""
        self._rows[lock.article, lock.locale] = lock

    def remove(self, lock: Lock) -> None:
        """Let it go."""
        self._rows.pop((lock.article, lock.locale), None)


class MemoryRules:
    """Who alone may approve or release what."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._rows = tables.authority

    def add(self, rule: AuthorityRule) -> None:
        """Insert it."""
        self._rows[rule.id] = rule

    def lock(self, rule: str) -> AuthorityRule | None:
        """Return it; the whole store is locked already. Or None."""
        return self._rows.get(rule)

    def save(self, rule: AuthorityRule) -> None:
        """Write it."""
        self._rows[rule.id] = rule

    def list(self, *, ended: bool = False) -> Sequence[AuthorityRule]:
        """Return the rules that hold, oldest first; or every rule there ever was."""
        found = [row for row in self._rows.values() if ended or row.ended_at is None]
        return sorted(found, key=lambda row: row.id)
