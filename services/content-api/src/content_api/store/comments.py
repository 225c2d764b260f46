# SPDX-License-Identifier: EUPL-1.2
"""Comments: threads of remarks on an article."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects.postgresql import insert

from content_api.domain.comment import Anchor, Comment
from content_api.store.tables_workflow import comments
from content_api.store.workflow import from_row, to_row


class StoredComments:
    """Remarks and answers."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, comment: Comment) -> None:
        """Insert it."""
        self._connection.execute(insert(comments).values(to_row(comment)))

    def find(self, comment: str) -> Comment | None:
        """Return it, or None."""
        row = self._connection.execute(
            select(comments).where(comments.c.id == comment)
        ).one_or_none()
        return None if row is None else _comment(row)

    def save(self, comment: Comment) -> None:
        """Write it."""
        self._connection.execute(
            update(comments).where(comments.c.id == comment.id).values(to_row(comment))
        )

    def of(self, article: str) -> Sequence[Comment]:
        """Return those of an article, oldest first."""
        rows = self._connection.execute(
            select(comments).where(comments.c.article_id == article).order_by(comments.c.id)
        )
        return [_comment(row) for row in rows]


def _comment(row: Row[Any]) -> Comment:
    anchor = None if row.anchor is None else Anchor(**row.anchor)
    return Comment(**{**from_row(row), "anchor": anchor})
