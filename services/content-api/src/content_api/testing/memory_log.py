# SPDX-License-Identifier: EUPL-1.2
"""The delivery log of a store in memory."""

from collections.abc import Iterator

from communique.events.article import Article, Audience
from content_api.domain.entitlements import Entitlements
from content_api.domain.finished import WHOLE
from content_api.domain.sync_cursor import SyncCursor
from content_api.ports import Change, Changes, Filter, Stored
from content_api.testing.memory_tables import Database, LogRow, Tables


def record(tables: Tables, article: str) -> None:
    """Log what has become of each language, and of the whole, since the log last spoke of it."""
    last = {row.locale: row for row in tables.log if row.article == article}
    here = {locale: found for (of, locale), found in tables.published.items() if of == article}
    for locale in sorted(last.keys() | here.keys()):
        found = _row(tables, locale, last.get(locale), here)
        if found is not None:
            tables.log.append(found)


def _row(
    tables: Tables, locale: str, last: LogRow | None, here: dict[str, tuple[Stored, Article]]
) -> LogRow | None:
    stored, content = here.get(locale, (None, None))
    live = stored is not None and not stored.retracted
    if stored is None or content is None:
        if last is None or last.now is None:
            return None
        version, etag, of = last.version, last.etag, last.article
    else:
        version, etag, of = stored.version, stored.etag, stored.article
        if last is not None and last.etag == etag:
            return None
    gone = here.get(WHOLE)
    reason = "retracted" if gone is not None and gone[0].retracted else "withdrawn"
    return LogRow(
        position=len(tables.log) + 1,
        article=of,
        locale=locale,
        version=version,
        etag=etag,
        reason=None if live else reason,
        now=content if live else None,
        before=None if last is None else last.now,
    )


class MemoryLog:
    """Read it for one consumer."""

    def __init__(self, database: Database) -> None:
        """Take the database."""
        self._database = database

    def top(self) -> int:
        """Return the last position; 0 when nothing was ever published."""
        return len(self._database.tables.log)

    def page(self, wanted: Filter, after: SyncCursor, limit: int) -> Changes:
        """Return what a consumer at this cursor lacks: of each document only the last."""
        found = list(self._changes(wanted, after))
        return Changes(found[:limit], self.top(), more=len(found) > limit)

    def _changes(self, wanted: Filter, after: SyncCursor) -> Iterator[Change]:
        rows = [row for row in self._database.tables.log if row.locale == wanted.locale]
        last = {row.article: row for row in rows}
        left = {row.article: row for row in rows if _leaves(row, wanted, after)}
        start = self.top() if after.start is None else after.start
        for row in rows:
            if row.position <= after.position:
                continue
            newest = last[row.article] is row
            keeps = _fits(row.now, row.audience, wanted, after.may)
            had = _fits(row.now, row.audience, wanted, after.held)
            if keeps and newest and not (row.position <= after.known and had):
                stored, _ = self._database.tables.published[row.article, row.locale]
                yield _change(row, None, stored.body)
            elif _is_told_gone(row, newest=newest, start=start, lost=had and not keeps) or (
                row.position > start
                and left.get(row.article) is row
                and not _fits(last[row.article].now, last[row.article].audience, wanted, after.may)
            ):
                yield _change(row, row.reason or _why(row, after.may), None)


def _is_told_gone(row: LogRow, *, newest: bool, start: int, lost: bool) -> bool:
    return lost and newest and row.position <= start


def _leaves(row: LogRow, wanted: Filter, after: SyncCursor) -> bool:
    before = _fits(row.before, row.audience, wanted, after.may | after.held)
    return before and not _fits(row.now, row.audience, wanted, after.may)


def _why(row: LogRow, may: Entitlements) -> str:
    return "filter" if row.audience in may else "entitlement"


def _change(row: LogRow, reason: str | None, body: bytes | None) -> Change:
    return Change(row.position, row.article, row.locale, row.version, reason, body)


def _fits(content: Article | None, audience: Audience, wanted: Filter, may: Entitlements) -> bool:
    return (
        content is not None
        and audience in may
        and wanted.kind in {None, content.kind}
        and (wanted.topic is None or wanted.topic in content.topics)
        and (wanted.place is None or wanted.place in content.places)
        and (wanted.mission is None or wanted.mission in content.missions)
    )
