# SPDX-License-Identifier: EUPL-1.2
"""The only place where adapters are made."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from communique import db
from communique.clock import SystemClock
from communique.http_client import HttpClient
from communique.kafka.consumer import Consumer
from communique.kafka.dead_letters import DeadLetters
from communique.kafka.producer import Producer
from communique.keys import Keys
from communique.outbox.relay import Relay
from communique.web.auth import Guard
from syndicator import inbox
from syndicator.api.deps import WebDeps
from syndicator.domain.channel import Channel
from syndicator.inbox import Inbox
from syndicator.ports import Connector, Deps, Destination
from syndicator.registry import CAPABILITIES, CONNECTORS, FEED_FORMATTERS, FORMATTERS
from syndicator.settings import Settings
from syndicator.store.entries import SqlEntries
from syndicator.store.tables import SCHEMA, api_keys, outbox
from syndicator.store.unit_of_work import SqlStore
from syndicator.store.vault import Vault
from syndicator.worker import Deliverer, Threads

MIGRATIONS: Final = str(Path(__file__).parent / "migrations")


@dataclass(frozen=True, slots=True)
class Service:
    """The service, wired."""

    settings: Settings
    engine: Engine
    entries: SqlEntries
    deps: Deps

    def keys(self) -> Keys:
        """Return the keys of this service."""
        return Keys(self.engine, api_keys)

    def guard(self) -> Guard:
        """Return what knows callers by their keys."""
        return Guard(self.keys().find)

    def web(self) -> WebDeps:
        """Return what the web application reaches."""
        return WebDeps(
            deps=self.deps,
            entries=self.entries,
            feed_formatters=FEED_FORMATTERS,
            public_url=self.settings.public_url.rstrip("/"),
            site_url=self.settings.site_url.rstrip("/"),
        )

    def ready(self) -> None:
        """Raise while the database is away."""
        db.ready(self.engine)

    def migrate(self) -> None:
        """Bring the schema to its newest revision."""
        db.migrate(self.settings.database_url, SCHEMA, MIGRATIONS)

    def relay(self) -> Relay:
        """Return what carries receipts to Kafka."""
        producer = Producer(self.settings.broker)
        return Relay(self.engine, self.settings.database_url, outbox, producer)

    def inbox(self) -> Consumer:
        """Return what takes articles and assets from Kafka."""
        return Consumer(
            self.settings.broker,
            inbox.GROUP,
            inbox.TOPICS,
            Inbox(self.deps).handle,
            DeadLetters(Producer(self.settings.broker)),
        )

    def deliverer(self) -> Deliverer:
        """Return what works the lanes."""
        threads = Threads(self.settings.pull_threads, self.settings.push_threads)
        return Deliverer(self.deps, self.settings.database_url, threads)


def build(settings: Settings) -> Service:
    """Make every adapter; nothing is connected yet."""
    engine = db.engine(settings.database_url, size=10)
    entries = SqlEntries(engine)
    http = HttpClient(allow_private=settings.allow_private)
    clock = SystemClock()

    def connect(channel: Channel, credential: str | None) -> Connector:
        destination = Destination(
            channel.name, channel.destination, credential, http, entries, clock
        )
        return CONNECTORS[channel.connector](destination)

    deps = Deps(
        begin=SqlStore(engine, Vault(settings.secret_key)).begin,
        formatters=FORMATTERS,
        capabilities=CAPABILITIES,
        connect=connect,
        site_url=settings.site_url,
        chance=random.random,
    )
    return Service(settings=settings, engine=engine, entries=entries, deps=deps)
