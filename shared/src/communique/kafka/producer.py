# SPDX-License-Identifier: EUPL-1.2
"""Produce records and wait until the broker has them: acks=all, idempotent."""

from collections.abc import Sequence

import structlog
from kafka import KafkaProducer
from kafka.errors import KafkaError

from communique.broker import Broker
from communique.events.envelope import Record

log = structlog.get_logger()
_WAIT_SECONDS = 10


class Producer:
    """A connection to the broker, made at the first record and made anew after a failure."""

    def __init__(self, broker: Broker) -> None:
        """Keep the address; nothing is opened yet."""
        self._broker = broker
        self._client: KafkaProducer | None = None

    def send(self, records: Sequence[Record]) -> list[bool]:
        """Produce in order and answer, per record, whether the broker acknowledged it."""
        try:
            client = self._open()
            waiting = [
                client.send(each.topic, key=each.key, value=each.value, headers=list(each.headers))
                for each in records
            ]
            client.flush(timeout=_WAIT_SECONDS)
        except KafkaError as error:
            self._fail(error)
            return [False] * len(records)
        done = [each.is_done and each.succeeded() for each in waiting]
        if not all(done):
            self._fail(next((each.exception for each in waiting if each.failed()), None))
        return done

    def close(self) -> None:
        """Let the connection go, without waiting for anything unsent."""
        if self._client is not None:
            self._client.close(timeout=0)
            self._client = None

    def _open(self) -> KafkaProducer:
        if self._client is None:
            self._client = KafkaProducer(
                **self._broker.options(),
                acks="all",
                enable_idempotence=True,
                linger_ms=0,
                max_request_size=1_000_000,
                request_timeout_ms=5_000,
                delivery_timeout_ms=9_000,
                max_block_ms=5_000,
                bootstrap_timeout_ms=5_000,
                reconnect_backoff_max_ms=1_000,
            )
        return self._client

    def _fail(self, error: BaseException | None) -> None:
        log.warning("records not produced", error=str(error))
        self.close()
