# SPDX-License-Identifier: EUPL-1.2
"""Languages, releases and the press tier of a unit of work, in memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from communique.events.envelope import EventType
from content_api.domain.embargo import Held, HeldState
from content_api.domain.errors import NoSuchRelease
from content_api.domain.locale_life import LocaleLife
from content_api.domain.release import Release, ReleaseState
from content_api.testing.memory_tables import Database, Tables


@contextmanager
def undone_if_it_raises(tables: Tables) -> Iterator[None]:
    """Put back what was there if what is done inside raises."""
    before = deepcopy(tables)
    try:
        yield
    except Exception:
        _put_back(tables, before)
        raise


def _put_back(tables: Any, before: Any) -> None:
    for each in fields(tables):
        here, there = getattr(tables, each.name), getattr(before, each.name)
        if isinstance(here, list):
            here[:] = there
        elif isinstance(here, dict | set):
            here.clear()
            here.update(there)
        elif is_dataclass(here):
            _put_back(here, there)
        else:
            setattr(tables, each.name, there)


class MemoryLocales:
    """The life of each language of each article."""

    def __init__(self, tables: Tables, database: Database) -> None:
        """Take the tables and the clock."""
        self._rows = tables.lives
        self._database = database

    def of(self, article: str) -> dict[str, LocaleLife]:
        """Return what there is, by locale."""
        return {locale: life for (of, locale), life in sorted(self._rows.items()) if of == article}

    def save(self, lives: Sequence[LocaleLife]) -> None:
        """Write them, new or not."""
        self._rows.update({(life.article_id, life.locale): life for life in lives})

    def due(self, limit: int) -> Sequence[tuple[str, str]]:
        """Return languages whose moment has come, as article and locale, the latest first."""
        moment = self._database.moment
        found = [(at, key) for at, key in self._scheduled() if at <= moment]
        return [key for _, key in sorted(found, reverse=True)][:limit]

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next moment is; None when none lies ahead."""
        moment = self._database.moment
        return min((at - moment for at, _ in self._scheduled() if at > moment), default=None)

    def _scheduled(self) -> list[tuple[datetime, tuple[str, str]]]:
        return [(row.publish_at, key) for key, row in self._rows.items() if row.publish_at]


class MemoryReleases:
    """What goes live together."""

    def __init__(self, tables: Tables, database: Database) -> None:
        """Take the tables and the clock."""
        self._rows = tables.releases
        self._database = database

    def add(self, release: Release) -> None:
        """Insert it."""
        self._rows[release.id] = release

    def get(self, release: str) -> Release:
        """Return it, or raise NoSuchRelease."""
        if release not in self._rows:
            raise NoSuchRelease
        return self._rows[release]

    def lock(self, release: str) -> Release:
        """Return it; the whole store is locked already. Or raise NoSuchRelease."""
        return self.get(release)

    def save(self, release: Release) -> None:
        """Write it."""
        self._rows[release.id] = release

    def delete(self, release: str) -> None:
        """Forget it."""
        del self._rows[release]

    def page(self, state: ReleaseState | None, before: str | None, limit: int) -> Sequence[Release]:
        """Return releases by id, newest first, after the one named by `before`."""
        found = [
            row
            for row in self._rows.values()
            if (state is None or row.state is state) and (before is None or row.id < before)
        ]
        return sorted(found, key=lambda row: row.id, reverse=True)[:limit]

    def due(self, limit: int) -> Sequence[str]:
        """Return releases whose moment has come and that are not out, the latest first."""
        waiting = (ReleaseState.SCHEDULED, ReleaseState.OVERDUE)
        found = [
            (row.publish_at, row.id)
            for row in self._rows.values()
            if row.state in waiting and row.publish_at and row.publish_at <= self._database.moment
        ]
        return [release for _, release in sorted(found, reverse=True)][:limit]

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next moment is; None when none lies ahead."""
        moment = self._database.moment
        ahead = (
            row.publish_at - moment
            for row in self._rows.values()
            if row.state is ReleaseState.SCHEDULED and row.publish_at and row.publish_at > moment
        )
        return min(ahead, default=None)


class MemoryEmbargoed:
    """The last document of each article on the press tier."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._tables = tables

    def get(self, article: str) -> Held | None:
        """Return it; None when the press never held any."""
        return self._tables.embargoed.get(article)

    def put(self, held: Held, event: EventType) -> None:
        """Write it and announce it on the embargoed topic."""
        self._tables.embargoed[held.article.id] = held
        self._tables.embargoed_outbox.append((event, held.article))

    def page(self, before: str | None, limit: int) -> Sequence[Held]:
        """Return what is held now, by article id, newest first, after the one named."""
        found = [
            held
            for article, held in self._tables.embargoed.items()
            if held.state is HeldState.HELD and (before is None or article < before)
        ]
        return sorted(found, key=lambda held: held.article.id, reverse=True)[:limit]
