# SPDX-License-Identifier: EUPL-1.2
"""What every event carries, and how that becomes Kafka headers: CloudEvents 1.0, binary mode."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventType(StrEnum):
    """Every event there is."""

    ARTICLE_PUBLISHED = "article.published"
    ARTICLE_UPDATED = "article.updated"
    ARTICLE_CORRECTED = "article.corrected"
    ARTICLE_RETRACTED = "article.retracted"
    ARTICLE_REPLAYED = "article.replayed"
    ARTICLE_RELEASED = "article.released"
    ARTICLE_RECALLED = "article.recalled"
    ASSET_READY = "asset.ready"
    ASSET_REPLACED = "asset.replaced"
    ASSET_WITHDRAWN = "asset.withdrawn"
    DELIVERY_DUE = "delivery.due"
    DELIVERY_SUCCEEDED = "delivery.succeeded"
    DELIVERY_FAILED = "delivery.failed"
    DELIVERY_UNKNOWN = "delivery.unknown"
    DELIVERY_RETRACTED = "delivery.retracted"


@dataclass(frozen=True, slots=True)
class Event:
    """A fact, addressed to a topic and a key, with its value as JSON bytes.

    `version` is `major.minor` of the value's schema; consumers refuse majors they do not know.
    """

    id: str
    type: EventType
    source: str
    time: datetime
    key: str
    value: bytes
    version: str = "1.0"


@dataclass(frozen=True, slots=True)
class Record:
    """A Kafka record as bytes."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]


def header(record: Record, name: str) -> str | None:
    """Return one header as text, or None."""
    return next((value.decode() for key, value in record.headers if key == name), None)


def pack(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, bytes], ...]:
    """Write headers as bytes."""
    return tuple((name, value.encode()) for name, value in pairs)
