# SPDX-License-Identifier: EUPL-1.2
"""What feeds and wires are served from.

The sequence is taken from one row per channel, which stays locked until the commit: numbers become
visible in their order, and a reader that resumes by them cannot step over a late one.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, select
from sqlalchemy.dialects.postgresql import insert

from communique import db
from syndicator.ports import Entry
from syndicator.store.tables import entries as table
from syndicator.store.tables import sequences

FEEDS = "syndicator_feeds"


class SqlEntries:
    """The entries; each call is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def write(self, entries: Sequence[Entry]) -> None:
        """Put entries of one channel in; an older version changes nothing."""
        if not entries:
            return
        with db.transaction(self._engine) as connection:
            channel = entries[0].channel
            sequence = _next_sequence(connection, channel)
            for entry in entries:
                _write(connection, entry, sequence)
            connection.execute(select(func.pg_notify(FEEDS, channel)))

    def newest(self, channel: str, locale: str, form: str, limit: int) -> list[Entry]:
        """Return the entries last published, newest first, without deleted ones."""
        return self._read(
            select(table)
            .where(
                table.c.channel == channel,
                table.c.locale == locale,
                table.c.format == form,
                func.length(table.c.fragment) > 0,
            )
            .order_by(table.c.updated.desc(), table.c.sequence.desc())
            .limit(limit)
        )

    def since(self, channel: str, form: str, after: int, limit: int) -> list[Entry]:
        """Return what changed after a sequence number, in its order, deleted ones too."""
        return self._read(
            select(table)
            .where(table.c.channel == channel, table.c.format == form, table.c.sequence > after)
            .order_by(table.c.sequence, table.c.locale)
            .limit(limit)
        )

    def of_article(self, channel: str, article: str, form: str) -> list[Entry]:
        """Return an article's entries, one per locale."""
        return self._read(
            select(table)
            .where(table.c.channel == channel, table.c.article == article, table.c.format == form)
            .order_by(table.c.locale)
        )

    def _read(self, query: Select[Any]) -> list[Entry]:
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query)]


def _next_sequence(connection: Connection, channel: str) -> int:
    number: int = connection.execute(
        insert(sequences)
        .values(channel=channel, last=1)
        .on_conflict_do_update(
            index_elements=[sequences.c.channel], set_={"last": sequences.c.last + 1}
        )
        .returning(sequences.c.last)
    ).scalar_one()
    return number


def _write(connection: Connection, entry: Entry, sequence: int) -> None:
    changing = {
        "version": entry.version,
        "fragment": entry.fragment,
        "updated": entry.updated,
        "deleted": entry.deleted,
        "sequence": sequence,
    }
    connection.execute(
        insert(table)
        .values(
            channel=entry.channel,
            locale=entry.locale,
            format=entry.format,
            article=entry.article,
            **changing,
        )
        .on_conflict_do_update(
            constraint=table.primary_key, set_=changing, where=table.c.version <= entry.version
        )
    )


def _entry(row: Row[tuple[Any, ...]]) -> Entry:
    return Entry(
        channel=row.channel,
        locale=row.locale,
        format=row.format,
        article=row.article,
        version=row.version,
        fragment=bytes(row.fragment),
        updated=row.updated,
        deleted=row.deleted,
        sequence=row.sequence,
    )
