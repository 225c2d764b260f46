# SPDX-License-Identifier: EUPL-1.2
"""Read a whole topic from its beginning to its present end, belonging to no group."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Self

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from communique.broker import Broker
from communique.errors import Unavailable
from communique.events.envelope import Record

_WAIT_MS = 1_000


class Tail:
    """Reads what comes to a topic from now on."""

    def __init__(self, broker: Broker, topic: str) -> None:
        """Stand at the present end of every partition."""
        self._client = KafkaConsumer(**broker.options(), enable_auto_commit=False)
        partitions = self._client.partitions_for_topic(topic) or ()
        self._client.assign([TopicPartition(topic, each) for each in partitions])
        self._client.seek_to_end()
        for each in self._client.assignment():
            self._client.position(each)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let the connection go."""
        self._client.close(autocommit=False)

    def poll(self, seconds: float) -> list[Record]:
        """Return what has come, waiting for at most so many seconds."""
        batch = self._client.poll(timeout_ms=int(seconds * 1000))
        return [record_of(raw) for rows in batch.values() for raw in rows]


def read_topic(broker: Broker, topic: str) -> Iterator[tuple[Record, datetime]]:
    """Yield each record with the moment the broker or producer gave it.

    Raises:
        Unavailable: the broker does not answer.
    """
    try:
        client = KafkaConsumer(
            **broker.options(),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            bootstrap_timeout_ms=5_000,
        )
    except KafkaError as error:
        raise Unavailable(f"the broker does not answer: {error}") from error
    try:
        partitions = [
            TopicPartition(topic, each) for each in client.partitions_for_topic(topic) or ()
        ]
        client.assign(partitions)
        client.seek_to_beginning()
        ends = client.end_offsets(partitions)
        while any(client.position(each) < ends[each] for each in partitions):
            batch = client.poll(timeout_ms=_WAIT_MS)
            for raw in (each for rows in batch.values() for each in rows):
                yield record_of(raw), datetime.fromtimestamp(raw.timestamp / 1000, UTC)
    except KafkaError as error:
        raise Unavailable(f"the broker does not answer: {error}") from error
    finally:
        client.close(autocommit=False)


def record_of(raw: Any) -> Record:
    """Take over what kafka-python has read; a header may have no value there."""
    headers = tuple((name, value or b"") for name, value in raw.headers or ())
    return Record(raw.topic, raw.key, raw.value, headers)
