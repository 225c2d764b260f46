# SPDX-License-Identifier: EUPL-1.2
"""Take the next row of a channel: render, write down the intent, call, write down the outcome.

The intent is committed before the call, the outcome with its receipt after it. A crash in between
leaves a row that says `sending`; it is looked into, and never simply sent again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from communique import metrics
from communique.events.article import Article
from communique.events.delivery import Action, DeliveryState
from communique.ids import new_id
from syndicator.domain import transitions
from syndicator.domain.backoff import wait
from syndicator.domain.channel import Channel
from syndicator.domain.delivery import Delivery
from syndicator.domain.reconciliation import Rules
from syndicator.domain.transitions import Found
from syndicator.ports import (
    ActionRefused,
    Capabilities,
    Connector,
    DeliveryError,
    Deps,
    Order,
    OutcomeUnknown,
    Placed,
    Rendered,
    Retry,
    UnitOfWork,
)
from syndicator.use_cases.render import AssetMissing, FormatterFailed, Job, link_to, render
from syndicator.use_cases.rows import rules_of, save_row

log = structlog.get_logger()
_PATIENCE: Final = timedelta(seconds=60)
_ASKS_AGAIN_AFTER: Final = timedelta(seconds=5)

Change = Callable[[Delivery, Rules, datetime], Delivery]


@dataclass(frozen=True, slots=True)
class _Call:
    """A call to make, with its intent committed; `looking` only reads."""

    row: Delivery
    channel: Channel
    can: Capabilities
    connector: Connector
    order: Order
    looking: bool


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies on the desk while a row is prepared, inside its transaction."""

    work: UnitOfWork
    deps: Deps
    channel: Channel
    article: Article
    now: datetime

    @property
    def can(self) -> Capabilities:
        """Return what the channel's connector can do."""
        return self.deps.capabilities[self.channel.connector]

    @property
    def rules(self) -> Rules:
        """Return what the channel prefers and can do."""
        return rules_of(self.channel, self.can)


def deliver_next(channel: str, deps: Deps) -> bool:
    """Do one thing for a channel; tell whether there was anything to do."""
    with deps.begin() as work:
        row = work.deliveries.claim(channel)
        if row is None:
            return False
        call = _prepare(work, row, deps)
    if call is not None:
        _settle(call, _outcome(call, deps), deps)
    return True


def recover_lost(deps: Deps, limit: int = 50) -> int:
    """Take note of calls that have said nothing for too long; return how many."""
    with deps.begin() as work:
        rows = work.deliveries.lost(limit)
        for row in rows:
            record = work.channels.get(row.channel)
            if record is None or row.intent is None:
                continue
            can = deps.capabilities[record.channel.connector]
            now = work.now()
            reason = "the worker that made the call has not come back"
            look_at = _look_at(can.retry[row.intent.action], now, timedelta())
            save_row(work, row, transitions.lose(row, reason, look_at, now))
        return len(rows)


def _prepare(work: UnitOfWork, row: Delivery, deps: Deps) -> _Call | None:
    record = work.channels.get(row.channel)
    article = work.articles.latest(row.article)
    if record is None or article is None:
        raise LookupError(f"delivery {row.id} has no channel or article")
    desk = _Desk(work, deps, record.channel, article, work.now())
    if row.state is DeliveryState.UNKNOWN and row.intent is not None:
        if desk.can.retry[row.intent.action] is Retry.LOOK:
            return _prepare_look(desk, row)
        before, row = row, transitions.repeat(row, desk.rules, desk.now)
        if row.state is not DeliveryState.DUE:
            save_row(work, before, row)
            return None
    return _prepare_call(desk, row)


def _prepare_look(desk: _Desk, row: Delivery) -> _Call:
    leased = replace(row, next_attempt_at=desk.now + transitions.SENDING_FOR)
    desk.work.deliveries.save(leased)
    return _call(desk, leased, {}, looking=True)


def _prepare_call(desk: _Desk, row: Delivery) -> _Call | None:
    patient = row.wanted_at + _PATIENCE > desk.now
    job = Job(desk.article, desk.channel, row.locale, row.wanted, row.action, patient=patient)
    needless = row.action is Action.DELETE and not desk.can.exact
    try:
        rendered = {} if needless else render(desk.work, job, desk.deps)
    except AssetMissing as missing:
        again = min(desk.now + _ASKS_AGAIN_AFTER, row.wanted_at + _PATIENCE)
        save_row(desk.work, row, transitions.await_asset(row, missing.asset, again, desk.now))
        return None
    except FormatterFailed as failure:
        save_row(desk.work, row, transitions.fail(row, str(failure), desk.rules, desk.now))
        return None
    sending = transitions.begin(row, new_id(), desk.now)
    save_row(desk.work, row, sending)
    return _call(desk, sending, rendered, looking=False)


def _call(desk: _Desk, row: Delivery, rendered: dict[str, Rendered], *, looking: bool) -> _Call:
    channel, intent, there = desk.channel, row.intent, row.there
    if intent is None:
        raise LookupError(f"delivery {row.id} has no intent")
    standing = there is not None and not there.gone and there.external_id is not None
    order = Order(
        action=intent.action,
        key=intent.key,
        article=row.article,
        version=intent.wanted.version,
        locale=row.locale,
        rendered=rendered,
        reference=link_to(desk.deps.site_url, desk.article, _linked(desk.article, row)),
        placed=Placed(there.external_id or "", there.url) if there and standing else None,
        since=intent.since,
        updated=desk.article.published_at,
        replies=there.replies if there else (),
        revision=intent.wanted.revision,
        attempt=row.attempts,
    )
    connector = desk.deps.connect(channel, desk.work.channels.secret(channel.name))
    return _Call(row, channel, desk.can, connector, order, looking)


def _linked(article: Article, row: Delivery) -> str:
    served = row.intent.wanted.served_locale if row.intent else row.wanted.served_locale
    return served if served in article.locales else article.source_locale


def _outcome(call: _Call, deps: Deps) -> Change:
    """Make the call, and return how its outcome changes the row."""
    name, change = _attempt(call, deps)
    action = "look" if call.looking else call.order.action.value
    metrics.DELIVERIES.labels(call.row.channel, action, name).inc()
    return change


def _attempt(call: _Call, deps: Deps) -> tuple[str, Change]:
    connector, order = call.connector, call.order
    try:
        placed = connector.look(order) if call.looking else connector.perform(order)
    except DeliveryError as error:
        return ("failed" if error.permanent else "postponed"), _not_done(error, call, deps)
    except OutcomeUnknown as error:
        return "unknown", _unknown(str(error), call, deps)
    except Exception as error:  # a plug-in may fail in any way; the call may have been carried out
        log.exception("connector crashed", channel=call.channel.name, delivery_id=call.row.id)
        return "crashed", _unknown(f"{type(error).__name__}: {error}", call, deps)
    if placed is None:
        return "absent", transitions.miss
    found = Found(placed.external_id or None, placed.url)
    return "succeeded", lambda row, rules, now: transitions.succeed(row, found, rules, now)


def _not_done(error: DeliveryError, call: _Call, deps: Deps) -> Change:
    if isinstance(error, ActionRefused):
        return lambda row, rules, now: transitions.refuse(row, error.reason, rules, now)
    pause = wait(call.row.attempts, deps.chance, retry_after=error.retry_after)
    if call.looking:
        return lambda row, _rules, now: replace(
            row, next_attempt_at=now + max(pause, _ASKS_AGAIN_AFTER), updated_at=now
        )
    if error.permanent:
        return lambda row, rules, now: transitions.fail(row, error.reason, rules, now)
    return lambda row, rules, now: transitions.postpone(row, error.reason, now + pause, rules, now)


def _unknown(reason: str, call: _Call, deps: Deps) -> Change:
    pause = wait(call.row.attempts, deps.chance)
    if call.looking:
        return lambda row, _rules, now: replace(
            row, next_attempt_at=now + max(pause, _ASKS_AGAIN_AFTER), updated_at=now
        )
    retry = call.can.retry[call.order.action]
    return lambda row, _rules, now: transitions.lose(row, reason, _look_at(retry, now, pause), now)


def _look_at(retry: Retry, now: datetime, pause: timedelta) -> datetime | None:
    if retry is Retry.PERSON:
        return None
    return now + (transitions.SETTLES_AFTER if retry is Retry.LOOK else pause)


def _settle(call: _Call, change: Change, deps: Deps) -> None:
    with deps.begin() as work:
        row = work.deliveries.get(call.row.id)
        if row is None or not _is_about(call, row):
            log.warning("outcome came too late", delivery_id=call.row.id)
            return
        after = change(row, rules_of(call.channel, call.can), work.now())
        save_row(work, row, after)
        log.info(
            "delivery moved",
            delivery_id=row.id,
            channel=row.channel,
            article_id=row.article,
            locale=row.locale,
            action=call.order.action.value,
            state=after.state.value,
            reason=after.reason,
        )


def _is_about(call: _Call, row: Delivery) -> bool:
    """Tell whether an outcome is still about this row: the same intent, attempt and look."""
    if row.intent is None or row.intent.key != call.order.key:
        return False
    if (row.attempts, row.looks) != (call.row.attempts, call.row.looks):
        return False
    return row.state is DeliveryState.UNKNOWN or (
        row.state is DeliveryState.SENDING and not call.looking
    )
