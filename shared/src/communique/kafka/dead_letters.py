# SPDX-License-Identifier: EUPL-1.2
"""Park a record that can never be handled, with the reason, where a person finds it."""

from collections.abc import Sequence
from typing import Final, Protocol

from communique.errors import Unavailable
from communique.events.envelope import Record, pack
from communique.events.topics import DEAD_LETTERS

_MOST_REASON: Final = 1_000  # characters; a reason must not make the letter too large to send


class Sender(Protocol):
    """Produces records; see communique.kafka.producer."""

    def send(self, records: Sequence[Record]) -> list[bool]:
        """Answer per record whether the broker has it."""
        ...


class DeadLetters:
    """The topic for what no consumer could read."""

    def __init__(self, producer: Sender) -> None:
        """Take a producer."""
        self._producer = producer

    def park(self, record: Record, *, reason: str, consumer: str) -> None:
        """Send the record to the dead letters and wait until it is there.

        Raises:
            Unavailable: the broker did not take it; the offset must not be committed.
        """
        why = pack(
            (
                ("dl_reason", reason[:_MOST_REASON]),
                ("dl_topic", record.topic),
                ("dl_consumer", consumer),
            )
        )
        letter = Record(DEAD_LETTERS, record.key, record.value, (*record.headers, *why))
        if not all(self._producer.send([letter])):
            raise Unavailable("the broker does not take dead letters")
