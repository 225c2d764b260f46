# SPDX-License-Identifier: EUPL-1.2
"""Write a delivery row together with what the house is told about it."""

from syndicator.domain.channel import Approval, Channel
from syndicator.domain.delivery import Delivery
from syndicator.domain.receipts import event_of, receipt_of
from syndicator.domain.reconciliation import Rules
from syndicator.ports import Capabilities, UnitOfWork


def save_row(work: UnitOfWork, before: Delivery | None, after: Delivery) -> None:
    """Save a row, and announce the change in the same transaction if it is news."""
    if after == before:
        return
    work.deliveries.save(after)
    event = event_of(before, after)
    if event is not None:
        work.outbox.announce(event, receipt_of(after))


def rules_of(channel: Channel, can: Capabilities) -> Rules:
    """Put together what a channel prefers and what its connector can do."""
    return Rules(
        actions=can.actions,
        correction=channel.correction_policy,
        retraction=channel.retraction_policy,
        exact=can.exact,
        hold=channel.approval is Approval.HOLD,
    )
