# SPDX-License-Identifier: EUPL-1.2
"""What we serve ourselves: entries that /feeds and /wires hand out.

A deleted entry is whatever its format leaves of it: nothing, a tombstone, or its own cancellation.
"""

from collections.abc import Mapping
from typing import Final

from communique.events.delivery import Action
from syndicator.ports import DeliveryError, Destination, Entry, Order, Placed, Retry

_ACTIONS: Final = frozenset({Action.CREATE, Action.EDIT, Action.NOTICE, Action.DELETE})


class Shelf:
    """Writes one entry per format. Writing it again changes nothing."""

    actions = _ACTIONS
    retry: Mapping[Action, Retry] = dict.fromkeys(_ACTIONS, Retry.SAFE)
    exact = True
    pull = True

    def __init__(self, destination: Destination) -> None:
        """Take the destination."""
        self._channel = destination.channel
        self._entries = destination.entries

    def perform(self, order: Order) -> Placed:
        """Write the entries."""
        if order.updated is None:
            raise DeliveryError("an entry needs the time of its version", permanent=True)
        self._entries.write(
            [
                Entry(
                    channel=self._channel,
                    locale=order.locale,
                    format=form,
                    article=order.article,
                    version=order.version,
                    fragment=rendered.body,
                    updated=order.updated,
                    deleted=order.action is Action.DELETE,
                )
                for form, rendered in order.rendered.items()
            ]
        )
        return Placed(external_id=order.article)

    def look(self, order: Order) -> Placed | None:
        """Answer that it may simply be written again."""
        del order
        return None
