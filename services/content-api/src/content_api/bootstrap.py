# SPDX-License-Identifier: EUPL-1.2
"""The only place where adapters are made."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from communique import db
from communique.events.topics import DELIVERIES
from communique.kafka.consumer import Consumer
from communique.kafka.dead_letters import DeadLetters
from communique.kafka.producer import Producer
from communique.keys import Keys
from communique.outbox.relay import Relay
from communique.web.auth import Guard
from communique.web.quota import Quota
from content_api.api.deps import Site
from content_api.inbox import ReceiptInbox
from content_api.ports import Deps, Translator
from content_api.scheduler import Scheduler
from content_api.settings import Settings
from content_api.store import tables
from content_api.store.changes import PostgresLog
from content_api.store.lists import PostgresLists
from content_api.store.search import PostgresSearch
from content_api.store.shelf import PostgresShelf
from content_api.store.signing import PostgresSigningKeys, Vault
from content_api.store.sitemap import PostgresSitemap
from content_api.store.unit_of_work import PostgresUnitOfWork
from content_api.translators import TRANSLATORS

Loop = Callable[[threading.Event], None]
LOOPS: Final = ("relay", "receipts", "scheduler")
_MIGRATIONS: Final = str(Path(__file__).parent / "migrations")
_GROUP: Final = "content-api.receipts"


@dataclass(frozen=True, slots=True)
class Service:
    """The service, wired."""

    settings: Settings
    engine: Engine
    shelf: PostgresShelf
    deps: Deps

    @property
    def site(self) -> Site:
        """Return the public addresses."""
        return Site(
            self.settings.site_url.rstrip("/"),
            self.settings.media_url.rstrip("/"),
            publisher=self.settings.publisher,
            fresh=self.settings.max_age,
            fresh_at_cdn=self.settings.cdn_max_age,
        )

    def guard(self) -> Guard:
        """Return what knows callers by their keys."""
        return Guard(self.keys().find)

    def keys(self) -> Keys:
        """Return the keys of this service."""
        return Keys(self.engine, tables.api_keys)

    def quota(self) -> Quota:
        """Return how much a key may ask; no requests: as much as it likes."""
        return Quota(self.settings.rate_limit)

    def horizon(self) -> timedelta | None:
        """Tell how far the next scheduled publication is, by the database's clock."""
        with self.deps.unit_of_work() as unit:
            return unit.articles.until_next_due()

    def ready(self) -> None:
        """Raise while the database is away."""
        db.ready(self.engine)

    def loops(self) -> Mapping[str, Loop]:
        """Return the loops of the worker by name."""
        return {"relay": self._relay, "receipts": self._receipts, "scheduler": self._schedule}

    def _relay(self, stop: threading.Event) -> None:
        producer = Producer(self.settings.broker)
        Relay(self.engine, self.settings.database_url, tables.outbox, producer).run(stop)

    def _receipts(self, stop: threading.Event) -> None:
        dead_letters = DeadLetters(Producer(self.settings.broker))
        handle = ReceiptInbox(self.deps).handle
        Consumer(self.settings.broker, _GROUP, [DELIVERIES], handle, dead_letters).run(stop)

    def _schedule(self, stop: threading.Event) -> None:
        url, channel = self.settings.database_url, tables.SCHEDULED_CHANNEL
        Scheduler(self.engine, url, channel, self.deps).run(stop)


def build(settings: Settings) -> Service:
    """Make every adapter; nothing is connected yet."""
    engine = db.engine(settings.database_url)
    vault = Vault(settings.secret_key)
    shelf = PostgresShelf(settings.database_url)
    deps = Deps(
        unit_of_work=partial(PostgresUnitOfWork, engine, vault),
        shelf=shelf,
        lists=PostgresLists(shelf.reader),
        sitemap=PostgresSitemap(shelf.reader),
        signing_keys=PostgresSigningKeys(engine, vault),
        log=PostgresLog(shelf.reader),
        search=PostgresSearch(shelf.reader),
        translator=_translator(settings.translator),
    )
    return Service(settings=settings, engine=engine, shelf=shelf, deps=deps)


def _translator(name: str) -> Translator | None:
    if name not in TRANSLATORS:
        raise ValueError(f"COMMUNIQUE_TRANSLATOR must be one of: {', '.join(TRANSLATORS)}.")
    return TRANSLATORS[name]


def migrate(settings: Settings) -> None:
    """Bring the schema to its newest revision, and make the first signing key."""
    db.migrate(settings.database_url, tables.SCHEMA, _MIGRATIONS)
    engine = db.engine(settings.database_url)
    try:
        PostgresSigningKeys(engine, Vault(settings.secret_key)).ensure()
    finally:
        engine.dispose()
