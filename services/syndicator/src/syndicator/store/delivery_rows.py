# SPDX-License-Identifier: EUPL-1.2
"""A delivery as a row of its table, and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from communique.events.article import Revision
from communique.events.delivery import Action, DeliveryState
from syndicator.domain.delivery import Delivery, Intent, Lane, Standing, Wanted


def to_row(delivery: Delivery) -> dict[str, Any]:
    """Write a delivery as column values."""
    wanted, intent = delivery.wanted, delivery.intent
    plain = (
        "id", "channel", "article", "locale", "attempts", "looks", "next_attempt_at",
        "deadline_at", "reason", "urgency", "waits_for", "wanted_at", "created_at", "updated_at",
    )  # fmt: skip
    return {
        **{name: getattr(delivery, name) for name in plain},
        **_present(delivery.there),
        "wanted_version": wanted.version,
        "wanted_hash": wanted.hash,
        "wanted_revision": wanted.revision.value,
        "wanted_selected": wanted.selected,
        "served_locale": wanted.served_locale,
        "action": delivery.action.value,
        "state": delivery.state.value,
        "bulk": delivery.lane is Lane.BULK,
        "refused": sorted(delivery.refused),
        "key": intent.key if intent else None,
        "intent": _intent(intent) if intent else None,
        "sending_until": intent.until if intent else None,
    }


def from_row(row: Row[tuple[Any, ...]]) -> Delivery:
    """Read a delivery from its row."""
    return Delivery(
        id=row.id,
        channel=row.channel,
        article=row.article,
        locale=row.locale,
        wanted=Wanted(
            version=row.wanted_version,
            hash=row.wanted_hash,
            revision=Revision(row.wanted_revision),
            served_locale=row.served_locale,
            selected=row.wanted_selected,
        ),
        action=Action(row.action),
        state=DeliveryState(row.state),
        wanted_at=row.wanted_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        there=_standing(row),
        intent=_read_intent(row),
        attempts=row.attempts,
        looks=row.looks,
        next_attempt_at=row.next_attempt_at,
        deadline_at=row.deadline_at,
        reason=row.reason,
        urgency=row.urgency,
        lane=Lane.BULK if row.bulk else Lane.LIVE,
        waits_for=row.waits_for,
        refused=frozenset(Action(each) for each in row.refused),
    )


def _present(there: Standing | None) -> dict[str, Any]:
    return {
        "present_version": there.version if there else None,
        "present_hash": there.hash if there else None,
        "present_at": there.at if there else None,
        "external_id": there.external_id if there else None,
        "url": there.url if there else None,
        "replies": list(there.replies) if there else [],
        "gone": there.gone if there else False,
    }


def _standing(row: Row[tuple[Any, ...]]) -> Standing | None:
    if row.present_version is None:
        return None
    return Standing(
        version=row.present_version,
        hash=row.present_hash,
        at=row.present_at,
        external_id=row.external_id,
        url=row.url,
        replies=tuple(row.replies),
        gone=row.gone,
    )


def _intent(intent: Intent) -> dict[str, Any]:
    wanted = intent.wanted
    return {
        "action": intent.action.value,
        "version": wanted.version,
        "hash": wanted.hash,
        "revision": wanted.revision.value,
        "served_locale": wanted.served_locale,
        "selected": wanted.selected,
        "since": intent.since.isoformat(),
    }


def _read_intent(row: Row[tuple[Any, ...]]) -> Intent | None:
    kept = row.intent
    if kept is None:
        return None
    return Intent(
        key=row.key,
        action=Action(kept["action"]),
        wanted=Wanted(
            version=kept["version"],
            hash=kept["hash"],
            revision=Revision(kept["revision"]),
            served_locale=kept["served_locale"],
            selected=kept["selected"],
        ),
        since=datetime.fromisoformat(kept["since"]),
        until=row.sending_until,
    )
