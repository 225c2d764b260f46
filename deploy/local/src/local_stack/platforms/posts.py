# SPDX-License-Identifier: EUPL-1.2
"""The posts of every platform, each with every text it ever had."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from local_stack.platforms.store import Store, moment


@dataclass(frozen=True, slots=True)
class Version:
    """One text that a post had, under the id it had then."""

    id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A post about to be kept."""

    platform: str
    account: str
    text: str
    parent: str | None = None
    link: str | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A post with its whole history; the last version is what readers see."""

    number: int
    platform: str
    account: str
    parent: str | None
    link: str | None
    attachments: tuple[str, ...]
    created_at: datetime
    deleted_at: datetime | None
    versions: tuple[Version, ...]

    @property
    def id(self) -> str:
        """Return the id that the platform would name now."""
        return self.versions[-1].id

    @property
    def text(self) -> str:
        """Return the text that readers see."""
        return self.versions[-1].text

    @property
    def edited_at(self) -> datetime | None:
        """Return the moment of the last edit."""
        return self.versions[-1].at if len(self.versions) > 1 else None

    @property
    def live(self) -> bool:
        """Tell whether readers still see it."""
        return self.deleted_at is None


class Posts:
    """All posts; nothing is ever forgotten, deleted ones are only hidden."""

    def __init__(self, store: Store) -> None:
        """Keep them in that store."""
        self._store = store

    def add(self, draft: Draft, *, version_id: str, at: datetime) -> Post:
        """Keep a new post."""
        with self._store.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO posts (platform, account, parent, link, attachments, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    draft.platform,
                    draft.account,
                    draft.parent,
                    draft.link,
                    json.dumps(draft.attachments),
                    at.timestamp(),
                ),
            )
            number = cursor.lastrowid or 0
            connection.execute(
                "INSERT INTO versions (post, platform, id, text, at) VALUES (?, ?, ?, ?, ?)",
                (number, draft.platform, version_id, draft.text, at.timestamp()),
            )
            return _load(connection, number)

    def edit(self, post: Post, text: str, *, version_id: str, at: datetime) -> Post:
        """Give a post another text, keeping the old one in its history."""
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT INTO versions (post, platform, id, text, at) VALUES (?, ?, ?, ?, ?)",
                (post.number, post.platform, version_id, text, at.timestamp()),
            )
            return _load(connection, post.number)

    def delete(self, post: Post, *, at: datetime) -> None:
        """Hide a post from readers; the control surface still shows it."""
        with self._store.transaction() as connection:
            connection.execute(
                "UPDATE posts SET deleted_at = ? WHERE number = ? AND deleted_at IS NULL",
                (at.timestamp(), post.number),
            )

    def find(self, platform: str, version_id: str) -> Post | None:
        """Return the post that has, or once had, that id; deleted ones too."""
        with self._store.transaction() as connection:
            row = connection.execute(
                "SELECT post FROM versions WHERE platform = ? AND id = ?", (platform, version_id)
            ).fetchone()
            return None if row is None else _load(connection, row["post"])

    def all(self, platform: str | None = None, account: str | None = None) -> list[Post]:
        """Return all posts, deleted ones too, oldest first."""
        with self._store.transaction() as connection:
            rows = connection.execute(
                "SELECT number FROM posts WHERE (?1 IS NULL OR platform = ?1)"
                " AND (?2 IS NULL OR account = ?2) ORDER BY number",
                (platform, account),
            ).fetchall()
            return [_load(connection, row["number"]) for row in rows]

    def next_number(self) -> int:
        """Return a number larger than any version's, to make an id of."""
        with self._store.transaction() as connection:
            row = connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM versions").fetchone()
            return int(row[0])


def _load(connection: sqlite3.Connection, number: int) -> Post:
    post = connection.execute("SELECT * FROM posts WHERE number = ?", (number,)).fetchone()
    versions = connection.execute(
        "SELECT * FROM versions WHERE post = ? ORDER BY number", (number,)
    ).fetchall()
    return Post(
        number=number,
        platform=post["platform"],
        account=post["account"],
        parent=post["parent"],
        link=post["link"],
        attachments=tuple(json.loads(post["attachments"])),
        created_at=moment(post["created_at"]),
        deleted_at=None if post["deleted_at"] is None else moment(post["deleted_at"]),
        versions=tuple(
            Version(id=row["id"], text=row["text"], at=moment(row["at"])) for row in versions
        ),
    )
