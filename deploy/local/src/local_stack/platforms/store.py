# SPDX-License-Identifier: EUPL-1.2
"""One SQLite file for all that the platforms keep, so that it survives a restart."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS posts (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  platform TEXT NOT NULL, account TEXT NOT NULL, parent TEXT, link TEXT, attachments TEXT NOT NULL,
  created_at REAL NOT NULL, deleted_at REAL);
CREATE TABLE IF NOT EXISTS versions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  post INTEGER NOT NULL REFERENCES posts (number), platform TEXT NOT NULL, id TEXT NOT NULL,
  text TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS versions_by_id ON versions (platform, id);
CREATE TABLE IF NOT EXISTS photos (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, url TEXT NOT NULL, media_type TEXT NOT NULL,
  content BLOB NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  receiver TEXT NOT NULL, webhook_id TEXT, verified INTEGER NOT NULL, duplicate INTEGER NOT NULL,
  reason TEXT, headers TEXT NOT NULL, body TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS requests (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  platform TEXT NOT NULL, operation TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
  body TEXT NOT NULL, status INTEGER, fault TEXT, at REAL NOT NULL);
"""


class Store:
    """One connection behind one lock: a check and the write after it are one step."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it when it is not there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Do everything inside or nothing, alone; may be nested."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def moment(seconds: float) -> datetime:
    """Read a moment as the file keeps it."""
    return datetime.fromtimestamp(seconds, UTC)
