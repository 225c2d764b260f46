# SPDX-License-Identifier: EUPL-1.2
"""The repositories of a unit of work, in memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson

from communique.events.article import Article
from communique.events.delivery import Receipt
from communique.events.shapes import ArticleSchema
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.errors import NoSuchArticle, NoSuchVersion
from content_api.domain.finished import WHOLE, Finished
from content_api.domain.publication import event_of
from content_api.domain.sealing import seal
from content_api.domain.states import State
from content_api.ports import (
    AuditLine,
    DeliveryEvent,
    Signing,
    VersionLine,
)
from content_api.testing.memory_log import record
from content_api.testing.memory_tables import Database, Tables, stored


class MemoryArticles:
    """The rows that a change of an article locks."""

    def __init__(self, tables: Tables, database: Database) -> None:
        """Take the tables."""
        self._rows = tables.articles
        self._database = database

    def add(self, article: DeskArticle) -> bool:
        """Insert it; False when the id is taken."""
        return self._rows.setdefault(article.id, article) is article

    def get(self, article: str) -> DeskArticle:
        """Return it, or raise NoSuchArticle."""
        if article not in self._rows:
            raise NoSuchArticle
        return self._rows[article]

    def lock(self, article: str) -> DeskArticle:
        """Return it; the whole store is locked already. Or raise NoSuchArticle."""
        return self.get(article)

    def save(self, article: DeskArticle) -> None:
        """Write it."""
        self._rows[article.id] = article

    def page(self, state: State | None, before: str | None, limit: int) -> Sequence[DeskArticle]:
        """Return articles by id, newest first, after the one named by `before`."""
        found = [
            row
            for row in self._rows.values()
            if (state is None or row.state is state) and (before is None or row.id < before)
        ]
        return sorted(found, key=lambda row: row.id, reverse=True)[:limit]

    def known(self, article: str) -> bool:
        """Tell whether there is such an article."""
        return article in self._rows

    def due(self, limit: int) -> Sequence[str]:
        """Return approved articles whose embargo has lifted by the database's clock."""
        return [row.id for row in self._passed() if row.approved][:limit]

    def unready(self) -> int:
        """Count scheduled articles whose moment has passed and whose draft nobody approved."""
        return sum(not row.approved for row in self._passed())

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next embargo is, by the same clock; None when none lies ahead."""
        moment = self._database.moment
        return next((until - moment for until, _ in self._scheduled() if until > moment), None)

    def _passed(self) -> list[DeskArticle]:
        return [row for until, row in self._scheduled() if until <= self._database.moment]

    def _scheduled(self) -> list[tuple[datetime, DeskArticle]]:
        found = [
            (row.embargo_until, row)
            for row in self._rows.values()
            if row.state is State.SCHEDULED and row.embargo_until is not None
        ]
        return sorted(found, key=lambda pair: pair[0])


class MemoryDrafts:
    """Immutable documents, numbered per article."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._rows = tables.drafts

    def add(self, draft: Draft) -> None:
        """Insert it."""
        if (draft.article, draft.number) in self._rows:
            raise ValueError("a draft is written once")
        self._rows[draft.article, draft.number] = draft

    def get(self, article: str, number: int) -> Draft:
        """Return it; it exists."""
        return self._rows[article, number]

    def find(self, article: str, number: int) -> Draft | None:
        """Return it, or None."""
        return self._rows.get((article, number))

    def page(self, article: str, before: int | None, limit: int) -> Sequence[Draft]:
        """Return drafts, newest first, before the one of that number."""
        found = [
            draft
            for (of, number), draft in self._rows.items()
            if of == article and (before is None or number < before)
        ]
        return sorted(found, key=lambda draft: draft.number, reverse=True)[:limit]

    def authors(self, article: str, *, after: int) -> Sequence[str]:
        """Name who wrote the drafts after that number."""
        rows = self._rows.items()
        return sorted(
            {row.author for (of, number), row in rows if of == article and number > after}
        )


class MemoryVersions:
    """What has been published, immutable; and what of it is public now."""

    def __init__(self, tables: Tables, signing: Signing) -> None:
        """Take the tables, and what signs."""
        self._tables = tables
        self._signing = signing

    def publish(
        self, article: Article, finished: Sequence[Finished], *, replayed: bool = False
    ) -> None:
        """Sign the version, write it and the bytes given, announce it."""
        if (article.id, article.version) in self._tables.versions:
            raise ValueError("a version is written once")
        key = self._signing.current()
        finished = [seal(each, key) for each in finished]
        whole = next(each for each in finished if each.locale == WHOLE)
        article = whole.article
        line = VersionLine(article.version, article.revision.value, article.published_at)
        self._tables.versions[article.id, article.version] = (line, whole.body)
        for place, (row, _) in list(self._tables.published.items()):
            if place[0] == article.id and not row.retracted and place[1] not in article.locales:
                del self._tables.published[place]
        for each in finished:
            row = stored(each.article, each)
            self._tables.published[article.id, each.locale] = (row, each.article)
        self._tables.outbox.append((event_of(article, replayed=replayed), article))
        record(self._tables, article.id)

    def latest(self, article: str) -> Article | None:
        """Return the last version as a value; None before the first."""
        numbers = [number for of, number in self._tables.versions if of == article]
        if not numbers:
            return None
        document = self._tables.versions[article, max(numbers)][1]
        found: Article = ArticleSchema().lenient(orjson.loads(document))
        return found

    def slug_owners(self, slugs: Mapping[str, str]) -> Mapping[str, str]:
        """Return, per locale, the article that has the address; without those that are free."""
        return {
            locale: self._tables.slugs[locale, slug]
            for locale, slug in slugs.items()
            if (locale, slug) in self._tables.slugs
        }

    def list(self, article: str) -> Sequence[VersionLine]:
        """Return the versions, newest first."""
        found = [line for (of, _), (line, _) in self._tables.versions.items() if of == article]
        return sorted(found, key=lambda line: line.version, reverse=True)

    def get(self, article: str, version: int) -> bytes:
        """Return the whole document of a version, or raise NoSuchVersion."""
        if (article, version) not in self._tables.versions:
            raise NoSuchVersion(version)
        return self._tables.versions[article, version][1]

    def claim_slugs(self, article: str, slugs: Mapping[str, str]) -> Sequence[str]:
        """Keep addresses for the article for good; name the locales where another one has it."""
        return [
            locale
            for locale, slug in sorted(slugs.items())
            if self._tables.slugs.setdefault((locale, slug), article) != article
        ]


class MemoryDeliveries:
    """What became of each article on each channel."""

    def __init__(self, tables: Tables, database: Database) -> None:
        """Take the tables."""
        self._tables = tables
        self._database = database

    def record(self, event: str, receipt: Receipt) -> bool:
        """Add to the history, and to the latest state if it is newer; False when known."""
        if event in self._tables.history:
            return False
        self._tables.history[event] = DeliveryEvent(event, self._database.moment, receipt)
        place = (receipt.article, receipt.channel, receipt.locale)
        known = self._tables.latest.get(place)
        if known is None or (receipt.at, receipt.attempts) >= (known.at, known.attempts):
            self._tables.latest[place] = receipt
        return True

    def latest(self, article: str) -> Sequence[Receipt]:
        """Return the latest receipt per channel and language."""
        return [row for place, row in sorted(self._tables.latest.items()) if place[0] == article]

    def history(self, article: str) -> Sequence[DeliveryEvent]:
        """Return every receipt, oldest first."""
        return [row for row in self._tables.history.values() if row.receipt.article == article]


class MemoryAudit:
    """Who did what, append-only."""

    def __init__(self, tables: Tables, database: Database) -> None:
        """Take the tables."""
        self._rows = tables.audit
        self._moments = tables.audit_moments
        self._database = database

    def add(self, caller: str, action: str, article: str, details: Mapping[str, Any]) -> None:
        """Write one line."""
        self._rows.append((caller, action, article, dict(details)))
        self._moments.append(self._database.moment)

    def page(self, article: str, before: int | None, limit: int) -> Sequence[AuditLine]:
        """Return what was done to an article, newest first, before that position."""
        lines = [
            AuditLine(position, at, caller, action, of, details)
            for position, (at, (caller, action, of, details)) in enumerate(
                zip(self._moments, self._rows, strict=True), start=1
            )
            if of == article and (before is None or position < before)
        ]
        return lines[::-1][:limit]
