# SPDX-License-Identifier: EUPL-1.2
"""The only place where adapters are made."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from communique import db
from communique.kafka.producer import Producer
from communique.keys import Keys
from communique.outbox.relay import Relay
from communique.web.auth import Guard
from media_store.blobs.s3 import S3Address, S3Blobs
from media_store.imaging.messages import Limits
from media_store.imaging.sandbox import SandboxedImages
from media_store.ports import Deps, Policy
from media_store.settings import Settings
from media_store.store.tables import KEYS, OUTBOX, SCHEMA
from media_store.store.unit_of_work import unit_of_work
from media_store.worker import RenditionLoop

MIGRATIONS: Final = str(Path(__file__).parent / "migrations")
_MOST_RENDITION_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Service:
    """The service, wired."""

    settings: Settings
    engine: Engine
    blobs: S3Blobs
    deps: Deps

    def guard(self) -> Guard:
        """Return what knows callers by their keys."""
        return Guard(self.keys().find)

    def keys(self) -> Keys:
        """Return the keys of this service."""
        return Keys(self.engine, KEYS)

    def ready(self) -> None:
        """Raise while the database or the storage is away."""
        db.ready(self.engine)
        self.blobs.ready()

    def migrate(self) -> None:
        """Bring the schema to its newest revision and make the bucket."""
        db.migrate(self.settings.database_url, SCHEMA, MIGRATIONS)
        self.blobs.make_bucket()

    def relay(self) -> Relay:
        """Return what carries events to Kafka."""
        producer = Producer(self.settings.broker)
        return Relay(self.engine, self.settings.database_url, OUTBOX, producer)

    def renditions(self) -> RenditionLoop:
        """Return what makes renditions."""
        return RenditionLoop(self.deps, timedelta(seconds=self.settings.lease_seconds))


def build(settings: Settings) -> Service:
    """Make every adapter; nothing is connected yet."""
    engine = db.engine(settings.database_url)
    blobs = S3Blobs(
        S3Address(
            endpoint=settings.s3_endpoint,
            region=settings.s3_region,
            bucket=settings.s3_bucket,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
        )
    )
    limits = Limits(
        memory_bytes=settings.decoder_memory,
        cpu_seconds=settings.decoder_seconds,
        wall_seconds=settings.decoder_seconds,
        file_bytes=_MOST_RENDITION_BYTES,
    )
    policy = Policy(
        media_url=settings.media_url,
        most_bytes=settings.most_bytes,
        most_pixels=settings.most_pixels,
    )
    deps = Deps(
        blobs=blobs,
        images=SandboxedImages(limits),
        unit_of_work=partial(unit_of_work, engine),
        policy=policy,
    )
    return Service(settings=settings, engine=engine, blobs=blobs, deps=deps)
