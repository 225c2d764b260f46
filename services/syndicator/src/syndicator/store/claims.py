# SPDX-License-Identifier: EUPL-1.2
"""Which channels have something to do, and the row of a channel to work on next.

A channel's lane is its row in `channels`: who claims holds it for a moment, so that two workers
never have a call to the same channel under way. The rate is kept by one time per channel (GCRA):
`slot_at` is when the next call would be due at an even pace; a minute's worth may be called ahead.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, func, literal, or_, select, update

from communique.events.delivery import DeliveryState
from syndicator.domain.channel import ChannelState
from syndicator.domain.delivery import Delivery
from syndicator.store.delivery_rows import from_row
from syndicator.store.tables import channels, deliveries

_MINUTE = timedelta(minutes=1)
_NOW = func.clock_timestamp()


def ready(connection: Connection, busy: Collection[str], limit: int) -> list[str]:
    """Return channels that have something to do now, the most urgent first."""
    bulk = func.bool_and(deliveries.c.bulk)
    urgency = func.min(deliveries.c.urgency)
    query = (
        select(deliveries.c.channel)
        .join(channels, channels.c.name == deliveries.c.channel)
        .where(
            channels.c.state == ChannelState.ACTIVE.value,
            deliveries.c.next_attempt_at <= _NOW,
            _slot_free(),
        )
        .group_by(deliveries.c.channel)
        .order_by(bulk, urgency, func.min(deliveries.c.next_attempt_at))
        .limit(limit)
    )
    if busy:
        query = query.where(deliveries.c.channel.not_in(busy))
    return list(connection.execute(query).scalars())


def claim(connection: Connection, channel: str) -> Delivery | None:
    """Lock and return the row to work on next."""
    lane = connection.execute(
        select(channels.c.per_minute)
        .where(
            channels.c.name == channel,
            channels.c.state == ChannelState.ACTIVE.value,
            _slot_free(),
        )
        .with_for_update(key_share=True, skip_locked=True)
    ).one_or_none()
    if lane is None or _in_flight(connection, channel):
        return None
    row = connection.execute(
        select(deliveries)
        .where(deliveries.c.channel == channel, deliveries.c.next_attempt_at <= _NOW)
        .order_by(deliveries.c.bulk, deliveries.c.urgency, deliveries.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    if lane.per_minute:
        _take_slot(connection, channel, lane.per_minute)
    return from_row(row)


def lost(connection: Connection, limit: int) -> list[Delivery]:
    """Lock and return rows whose call has said nothing for too long."""
    rows = connection.execute(
        select(deliveries)
        .where(deliveries.c.state == DeliveryState.SENDING.value, deliveries.c.sending_until < _NOW)
        .order_by(deliveries.c.sending_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [from_row(row) for row in rows]


def _in_flight(connection: Connection, channel: str) -> bool:
    query = select(
        select(literal(1))
        .where(
            deliveries.c.channel == channel,
            deliveries.c.state == DeliveryState.SENDING.value,
            deliveries.c.sending_until >= _NOW,
        )
        .exists()
    )
    return bool(connection.execute(query).scalar_one())


def _slot_free() -> ColumnElement[bool]:
    pace = _MINUTE / channels.c.per_minute
    return or_(
        channels.c.per_minute.is_(None),
        channels.c.slot_at.is_(None),
        channels.c.slot_at <= _NOW + _MINUTE - pace,
    )


def _take_slot(connection: Connection, channel: str, per_minute: int) -> None:
    connection.execute(
        update(channels)
        .where(channels.c.name == channel)
        .values(slot_at=func.greatest(channels.c.slot_at, _NOW) + _MINUTE / per_minute)
    )
