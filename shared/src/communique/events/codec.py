# SPDX-License-Identifier: EUPL-1.2
"""Event to bytes and back. Unknown or invalid bytes are an error, never a guess."""

from datetime import datetime
from typing import Final

import orjson
from marshmallow import ValidationError

from communique.clock import rfc3339
from communique.errors import InvalidEvent, UnknownMajorVersion
from communique.events.article import Article
from communique.events.delivery import Receipt
from communique.events.envelope import Event, EventType, Record, header, pack
from communique.events.fields import Shape
from communique.events.media import Asset
from communique.events.shapes import ArticleSchema, AssetSchema, ReceiptSchema
from communique.events.topics import topic_of

Payload = Article | Asset | Receipt

SHAPES: Final[dict[str, type[Shape]]] = {
    "article": ArticleSchema,
    "asset": AssetSchema,
    "delivery": ReceiptSchema,
}
VERSION: Final = "1.0"
SPECVERSION: Final = "1.0"
_MAJOR: Final = "1"
_HEADERS: Final = ("specversion", "id", "source", "type", "time", "dataschema")


def shape_of(event_type: EventType) -> type[Shape]:
    """Return the schema of an event's value."""
    return SHAPES[event_type.partition(".")[0]]


def encode_value(event_type: EventType, payload: Payload) -> bytes:
    """Write the value of an event as JSON."""
    return orjson.dumps(shape_of(event_type)().dump(payload))


def to_record(event: Event, topic: str | None = None) -> Record:
    """Write an event as a Kafka record (CloudEvents Kafka binding 1.0.2, binary mode)."""
    headers = pack(
        (
            ("ce_specversion", SPECVERSION),
            ("ce_id", event.id),
            ("ce_source", event.source),
            ("ce_type", event.type.value),
            ("ce_time", rfc3339(event.time)),
            ("ce_subject", event.key),
            ("ce_dataschema", f"urn:communique:event:{event.type.value}:{event.version}"),
            ("content-type", "application/json"),
        )
    )
    name = topic or topic_of(event.type)
    return Record(topic=name, key=event.key.encode(), value=event.value, headers=headers)


def from_record(record: Record) -> tuple[Event, Payload]:
    """Read an event and its value.

    Raises:
        UnknownMajorVersion: the value has a shape of another major version.
        InvalidEvent: anything else that keeps it from being read.
    """
    event = _envelope(record)
    schema = shape_of(event.type)()
    try:
        return event, schema.lenient(orjson.loads(event.value))
    except orjson.JSONDecodeError as error:
        raise InvalidEvent(f"value is not JSON: {error}") from error
    except ValidationError as error:
        raise InvalidEvent(f"value does not fit {event.type}: {error.messages}") from error


def _envelope(record: Record) -> Event:
    if record.value is None or record.key is None:
        raise InvalidEvent("record has no key or no value")
    try:
        fields = {name: header(record, f"ce_{name}") or "" for name in _HEADERS}
        kind = EventType(fields["type"])
        time = datetime.fromisoformat(fields["time"])
        key = record.key.decode()
    except ValueError as error:
        raise InvalidEvent(f"headers are not a CloudEvent of ours: {error}") from error
    missing = [name for name, value in fields.items() if not value]
    if missing or fields["specversion"] != SPECVERSION or time.tzinfo is None:
        raise InvalidEvent(f"headers are not CloudEvents {SPECVERSION}: {fields}")
    version = fields["dataschema"].rpartition(":")[2]
    if version.partition(".")[0] != _MAJOR:
        raise UnknownMajorVersion(f"{kind} has version {version!r}; this reader knows {VERSION}")
    return Event(
        id=fields["id"],
        type=kind,
        source=fields["source"],
        time=time,
        key=key,
        value=record.value,
        version=version,
    )
