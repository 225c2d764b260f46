# SPDX-License-Identifier: EUPL-1.2
"""What an operator may do to a delivery: release, retry, waive, resolve. Each is audited."""

from collections.abc import Callable
from datetime import datetime

from communique.errors import NotFound
from syndicator.domain import transitions
from syndicator.domain.delivery import Delivery
from syndicator.domain.reconciliation import Rules
from syndicator.domain.transitions import Found
from syndicator.ports import Deed, Deps
from syndicator.use_cases.rows import rules_of, save_row

Change = Callable[[Delivery, Rules, datetime], Delivery]


def retry(delivery: str, actor: str, deps: Deps) -> Delivery:
    """Try again now; a held delivery is let go by this."""
    return _change(delivery, Deed(actor, "delivery.retry", delivery), transitions.retry, deps)


def waive(delivery: str, actor: str, why: str, deps: Deps) -> Delivery:
    """Close a delivery without its being done."""
    deed = Deed(actor, "delivery.waive", delivery, {"why": why})
    return _change(
        delivery, deed, lambda row, _rules, now: transitions.waive(row, actor, why, now), deps
    )


def resolve(delivery: str, actor: str, found: Found | None, deps: Deps) -> Delivery:
    """Say what became of a call whose outcome is unknown: what stands there, or nothing."""
    detail = {"there": None if found is None else found.external_id}
    deed = Deed(actor, "delivery.resolve", delivery, detail)
    return _change(
        delivery, deed, lambda row, rules, now: transitions.resolve(row, found, rules, now), deps
    )


def _change(delivery: str, deed: Deed, change: Change, deps: Deps) -> Delivery:
    with deps.begin() as work:
        row = work.deliveries.get(delivery)
        if row is None:
            raise NotFound(f"There is no delivery {delivery}.")
        record = work.channels.get(row.channel)
        if record is None:
            raise NotFound(f"There is no channel {row.channel}.")
        rules = rules_of(record.channel, deps.capabilities[record.channel.connector])
        after = change(row, rules, work.now())
        save_row(work, row, after)
        work.audit.note(deed)
        return after
