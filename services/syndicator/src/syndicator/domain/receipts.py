# SPDX-License-Identifier: EUPL-1.2
"""What the rest of the house is told about a delivery row, and when."""

from communique.events.delivery import Action, DeliveryState, Receipt
from communique.events.envelope import EventType
from syndicator.domain.delivery import Delivery

_TYPES = {
    DeliveryState.HELD: EventType.DELIVERY_DUE,
    DeliveryState.DUE: EventType.DELIVERY_DUE,
    DeliveryState.FAILED: EventType.DELIVERY_FAILED,
    DeliveryState.UNKNOWN: EventType.DELIVERY_UNKNOWN,
}
_CLOSED = frozenset({DeliveryState.DELIVERED, DeliveryState.WAIVED})


def event_of(before: Delivery | None, after: Delivery) -> EventType | None:
    """Return the event that announces a change of a row, or None when it is nobody's news."""
    if before is not None and _told(before) == _told(after):
        return None
    if after.state in _CLOSED:
        withdrawn = after.wanted.withdrawn
        return EventType.DELIVERY_RETRACTED if withdrawn else EventType.DELIVERY_SUCCEEDED
    return _TYPES.get(after.state)


def receipt_of(row: Delivery) -> Receipt:
    """Write a row as a receipt."""
    there = row.there
    return Receipt(
        delivery=row.id,
        channel=row.channel,
        article=row.article,
        locale=row.locale,
        served_locale=row.wanted.served_locale,
        wanted_version=row.wanted.version,
        version=row.version,
        action=row.action,
        state=row.state,
        at=row.updated_at,
        attempts=row.attempts,
        external_id=there.external_id if there else None,
        url=there.url if there and not there.gone else None,
        reason=row.reason[:2_000] if row.reason else None,
    )


def _told(row: Delivery) -> tuple[DeliveryState, int, int | None, Action]:
    return (row.state, row.wanted.version, row.version, row.action)
