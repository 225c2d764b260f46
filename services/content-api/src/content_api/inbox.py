# SPDX-License-Identifier: EUPL-1.2
"""Receipts from Kafka to the use case; each event id once."""

from communique.errors import InvalidEvent
from communique.events.codec import Payload
from communique.events.delivery import Receipt
from communique.events.envelope import Event
from content_api.ports import Deps
from content_api.use_cases.record_receipt import record_receipt


class ReceiptInbox:
    """Handles the records of `communique.deliveries`."""

    def __init__(self, deps: Deps) -> None:
        """Take the dependencies of the use case."""
        self._deps = deps

    def handle(self, event: Event, payload: Payload) -> None:
        """Record one receipt.

        Raises:
            InvalidEvent: the value is something else.
        """
        if not isinstance(payload, Receipt):
            raise InvalidEvent(f"{event.type} is no receipt")
        record_receipt(event.id, payload, self._deps)
