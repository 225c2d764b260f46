# SPDX-License-Identifier: EUPL-1.2
"""How a delivery row moves from state to state. Pure: a row in, a row out.

held ─release→ due ─begin→ sending ─┬→ delivered
                ↑            │      ├→ retrying ─begin→ sending
                └─ absent ───┤      ├→ failed
                             └→ unknown ─found→ delivered
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from communique.errors import Conflict
from communique.events.delivery import Action, DeliveryState
from syndicator.domain.delivery import Delivery, Intent, Lane, Standing, Wanted
from syndicator.domain.reconciliation import Rules, next_action, strongest

SENDING_FOR: Final = timedelta(seconds=20)
SETTLES_AFTER: Final = timedelta(seconds=3)
LOOKS_AGAIN_AFTER: Final = timedelta(seconds=5)
LOOKS: Final = 2
IMPOSSIBLE: Final = "The channel can do none of the actions that this version needs."


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at the destination after an action."""

    external_id: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Urgency:
    """How a version is queued, and when it ought to have arrived."""

    urgency: int
    lane: Lane
    deadline_at: datetime


def want(row: Delivery, wanted: Wanted, urgency: Urgency, rules: Rules, now: datetime) -> Delivery:
    """Give a row a newer version to arrive at."""
    open_revision = None if row.state is DeliveryState.DELIVERED else row.wanted.revision
    wanted = replace(wanted, revision=strongest(open_revision, wanted.revision))
    row = replace(
        row,
        wanted=wanted,
        wanted_at=now,
        urgency=urgency.urgency,
        lane=urgency.lane,
        deadline_at=urgency.deadline_at,
        updated_at=now,
    )
    return decide(_fresh(row), rules, now) if row.at_rest else row


def decide(row: Delivery, rules: Rules, now: datetime) -> Delivery:
    """Choose what happens next to a row for which no call is under way."""
    action = next_action(row.wanted, row.there, replace(rules, refused=row.refused))
    row = replace(row, updated_at=now, next_attempt_at=None, waits_for=None)
    if action is None:
        return replace(row, state=DeliveryState.FAILED, reason=IMPOSSIBLE, intent=None)
    if action is Action.NOTHING:
        return _closed(row, now)
    held = rules.hold and action is Action.CREATE
    return replace(
        row,
        action=action,
        state=DeliveryState.HELD if held else DeliveryState.DUE,
        next_attempt_at=None if held else now,
    )


def begin(row: Delivery, key: str, now: datetime) -> Delivery:
    """Write down the intent; to be committed before the call."""
    until = now + SENDING_FOR
    known = row.intent
    if known is not None and known.action is row.action and known.wanted == row.wanted:
        intent = replace(known, until=until)
    else:
        intent = Intent(key, row.action, row.wanted, since=now, until=until)
    return replace(
        row,
        state=DeliveryState.SENDING,
        intent=intent,
        attempts=row.attempts + 1,
        next_attempt_at=None,
        waits_for=None,
        updated_at=now,
    )


def succeed(row: Delivery, found: Found, rules: Rules, now: datetime) -> Delivery:
    """Write down what is there now, and go on to whatever is wanted since."""
    intent = _intent(row)
    created = intent.action is Action.CREATE
    return decide(
        replace(
            _fresh(row),
            there=_standing(row.there, intent, found, now),
            refused=frozenset() if created else row.refused,
        ),
        replace(rules, hold=False),
        now,
    )


def postpone(row: Delivery, reason: str, at: datetime, rules: Rules, now: datetime) -> Delivery:
    """Try again later: nothing was done at the destination."""
    row = replace(row, intent=_resting(row.intent), waits_for=None)
    if row.intent is not None and row.intent.wanted != row.wanted:
        row = decide(replace(row, intent=None), replace(rules, hold=False), now)
        if row.state is not DeliveryState.DUE:
            return row
    return replace(
        row, state=DeliveryState.RETRYING, next_attempt_at=at, reason=reason, updated_at=now
    )


def await_asset(row: Delivery, asset: str, at: datetime, now: datetime) -> Delivery:
    """Wait for a picture before the first attempt."""
    return replace(
        row,
        state=DeliveryState.RETRYING,
        next_attempt_at=at,
        waits_for=asset,
        reason=f"waits for asset {asset}",
        updated_at=now,
    )


def refuse(row: Delivery, reason: str, rules: Rules, now: datetime) -> Delivery:
    """Remember that the destination does not allow this action now; choose the next best."""
    refused = row.refused | {_intent(row).action}
    row = decide(replace(_fresh(row), refused=refused), replace(rules, hold=False), now)
    return replace(row, reason=reason) if row.state is DeliveryState.FAILED else row


def fail(row: Delivery, reason: str, rules: Rules, now: datetime) -> Delivery:
    """Give up on this version; a newer one gets its own try."""
    if row.intent is not None and row.intent.wanted != row.wanted:
        return decide(_fresh(row), replace(rules, hold=False), now)
    return replace(
        row,
        state=DeliveryState.FAILED,
        reason=reason,
        next_attempt_at=None,
        intent=_resting(row.intent),
        updated_at=now,
    )


def lose(row: Delivery, reason: str, look_at: datetime | None, now: datetime) -> Delivery:
    """Admit that the outcome of the call is unknown; without a time to look, a person decides."""
    return replace(
        row,
        state=DeliveryState.UNKNOWN,
        reason=reason,
        looks=0,
        next_attempt_at=look_at,
        intent=_resting(row.intent),
        updated_at=now,
    )


def miss(row: Delivery, rules: Rules, now: datetime) -> Delivery:
    """Take note of a look that found nothing; after the last one, the call is due again."""
    if row.looks + 1 < LOOKS:
        return replace(
            row, looks=row.looks + 1, next_attempt_at=now + LOOKS_AGAIN_AFTER, updated_at=now
        )
    return decide(replace(row, looks=0, reason=None), replace(rules, hold=False), now)


def repeat(row: Delivery, rules: Rules, now: datetime) -> Delivery:
    """Make a call of unknown outcome due again, where doing it twice does no harm.

    It may have been carried out: what is withdrawn meanwhile is still withdrawn there.
    """
    intent = _intent(row)
    if row.there is None and row.wanted.withdrawn and intent.action is Action.CREATE:
        row = replace(row, there=_standing(None, intent, Found(None), now), intent=None)
    return decide(row, replace(rules, hold=False), now)


def release(row: Delivery, now: datetime) -> Delivery:
    """Let a held row go."""
    if row.state is not DeliveryState.HELD:
        raise Conflict(f"Only a held delivery can be released; this one is {row.state}.")
    return replace(
        row, state=DeliveryState.DUE, next_attempt_at=now, updated_at=now, reason=None, attempts=0
    )


def retry(row: Delivery, rules: Rules, now: datetime) -> Delivery:
    """Decide anew, at once, and with everything allowed again."""
    if row.state is DeliveryState.HELD:
        return release(row, now)
    if not row.at_rest or row.state is DeliveryState.DELIVERED:
        raise Conflict(f"A delivery that is {row.state} cannot be retried; see resolve.")
    row = replace(row, refused=frozenset(), reason=None, attempts=0)
    return decide(row, replace(rules, hold=False), now)


def waive(row: Delivery, who: str, why: str, now: datetime) -> Delivery:
    """Close a row by decision of a person."""
    if row.state in {DeliveryState.SENDING, DeliveryState.DELIVERED}:
        raise Conflict(f"A delivery that is {row.state} cannot be waived.")
    return replace(
        row,
        state=DeliveryState.WAIVED,
        reason=f"waived by {who}: {why}",
        next_attempt_at=None,
        waits_for=None,
        intent=None,
        updated_at=now,
    )


def resolve(row: Delivery, found: Found | None, rules: Rules, now: datetime) -> Delivery:
    """Let a person say what became of a call of unknown outcome: this, or nothing."""
    if row.state is not DeliveryState.UNKNOWN:
        raise Conflict(f"Only an unknown delivery can be resolved; this one is {row.state}.")
    if found is not None:
        return succeed(row, found, rules, now)
    return decide(replace(row, looks=0, reason=None), replace(rules, hold=False), now)


def _closed(row: Delivery, now: datetime) -> Delivery:
    wanted, there = row.wanted, row.there
    if there is None:
        there = Standing(wanted.version, wanted.hash, now, gone=True)
    else:
        there = replace(there, version=wanted.version, hash=wanted.hash)
    return replace(
        row,
        there=there,
        state=DeliveryState.DELIVERED,
        reason=None,
        intent=None,
        attempts=0,
        looks=0,
    )


def _standing(there: Standing | None, intent: Intent, found: Found, now: datetime) -> Standing:
    wanted = intent.wanted
    if there is None or intent.action is Action.CREATE:
        replies = () if there is None else there.replies
        return Standing(
            wanted.version,
            wanted.hash,
            now,
            found.external_id,
            found.url,
            () if there is None or there.gone else replies,
        )
    there = replace(there, version=wanted.version, hash=wanted.hash, at=now)
    if intent.action is Action.DELETE:
        return replace(there, gone=True)
    if found.external_id is None or found.external_id == there.external_id:
        return there
    if intent.action is Action.EDIT:
        return replace(there, external_id=found.external_id, url=found.url or there.url)
    return replace(there, replies=(*there.replies, found.external_id))


def _fresh(row: Delivery) -> Delivery:
    return replace(row, attempts=0, looks=0, intent=None, reason=None, waits_for=None)


def _resting(intent: Intent | None) -> Intent | None:
    return None if intent is None else replace(intent, until=None)


def _intent(row: Delivery) -> Intent:
    if row.intent is None:
        raise Conflict("No call is under way for this delivery.")
    return row.intent
