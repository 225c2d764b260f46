# SPDX-License-Identifier: EUPL-1.2
"""Poll, handle, commit.

The handler commits its own database transaction before it returns; the offset is committed after.
A record is therefore handled at least once, and handlers are idempotent. A record that can never be
read, or that the handler calls an InvalidEvent, goes to the dead letters; a handler that fails in
any other way stops the loop before the offset moves, and the supervisor starts it again.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import structlog
from kafka import KafkaConsumer
from kafka.errors import CommitFailedError, KafkaError
from structlog.contextvars import bound_contextvars

from communique import metrics
from communique.broker import Broker
from communique.errors import InvalidEvent, Unavailable
from communique.events.codec import Payload, from_record
from communique.events.envelope import Event, Record
from communique.kafka.dead_letters import DeadLetters
from communique.kafka.reader import record_of

log = structlog.get_logger()
Handle = Callable[[Event, Payload], None]


class Consumer:
    """One member of a consumer group."""

    def __init__(
        self,
        broker: Broker,
        group: str,
        topics: Sequence[str],
        handle: Handle,
        dead_letters: DeadLetters,
    ) -> None:
        """Take the address, who we are, what we read, and who handles it."""
        self._broker = broker
        self._group = group
        self._topics = topics
        self._handle = handle
        self._dead_letters = dead_letters

    def run(self, stop: threading.Event) -> None:
        """Handle records until told to stop.

        Raises:
            Unavailable: the broker does not answer; start again later.
        """
        try:
            client = KafkaConsumer(
                *self._topics,
                **self._broker.options(),
                group_id=self._group,
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                session_timeout_ms=6_000,
                heartbeat_interval_ms=1_500,
                max_poll_records=100,
                bootstrap_timeout_ms=5_000,
                reconnect_backoff_max_ms=1_000,
            )
        except KafkaError as error:
            raise Unavailable(f"the broker does not answer: {error}") from error
        try:
            while not stop.is_set():
                batch = client.poll(timeout_ms=500)
                if batch:
                    self._handle_batch(batch.values())
                    _commit(client)
        except KafkaError as error:
            raise Unavailable(f"the broker does not answer: {error}") from error
        finally:
            client.close(autocommit=False)

    def _handle_batch(self, partitions: Iterable[Sequence[Any]]) -> None:
        for raw in (each for partition in partitions for each in partition):
            record = record_of(raw)
            outcome = self._handle_one(record)
            metrics.EVENTS_HANDLED.labels(record.topic, outcome).inc()

    def _handle_one(self, record: Record) -> str:
        try:
            event, payload = from_record(record)
            with bound_contextvars(event_id=event.id, key=event.key):
                self._handle(event, payload)
                log.info("event handled", type=event.type.value)
        except InvalidEvent as error:
            self._dead_letters.park(record, reason=str(error), consumer=self._group)
            log.error("record parked", topic=record.topic, reason=str(error))  # noqa: TRY400  # the reason says it all
            return "parked"
        return "handled"


def _commit(client: Any) -> None:
    if not client.assignment():
        return
    try:
        client.commit()
    except CommitFailedError:
        log.warning("offsets not committed: the group has moved on")
