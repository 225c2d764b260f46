# SPDX-License-Identifier: EUPL-1.2
"""One version of an article in; out, per channel and language, what should be there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from communique.events.article import Article
from communique.events.delivery import Action, DeliveryState
from communique.ids import new_id
from syndicator.domain.channel import Channel
from syndicator.domain.delivery import Delivery, Lane
from syndicator.domain.planning import Demand, demands, urgency
from syndicator.domain.transitions import want
from syndicator.ports import Capabilities, Deps, UnitOfWork
from syndicator.use_cases.rows import rules_of, save_row

_NEVER_THE_SAME = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why an article is planned.

    `rewrite` makes our own feeds and wires write it again; `known_only` keeps it from places that
    have never had it.
    """

    now: datetime
    lane: Lane = Lane.LIVE
    rewrite: bool = False
    known_only: bool = False


def plan_version(article: Article, deps: Deps) -> bool:
    """Plan a version on every channel, once; tell whether it was new."""
    with deps.begin() as work:
        if not work.articles.put(article):
            return False
        work.renderings.forget_before(article.id, article.version)
        occasion = Occasion(work.now())
        rows = _by_channel(work.deliveries.of_article(article.id))
        for record in work.channels.all():
            channel = record.channel
            can = deps.capabilities[channel.connector]
            plan_channel(work, article, channel, can, rows.get(channel.name, {}), occasion)
        return True


def replay_version(article: Article, deps: Deps) -> None:
    """Write an article into our own feeds and wires again; nobody else hears of it twice.

    If the version is news to us, those who have an earlier one still get it.
    """
    with deps.begin() as work:
        newer = work.articles.put(article)
        rewrite(work, article.id, deps)
        if not newer:
            return
        occasion = Occasion(work.now(), Lane.BULK, known_only=True)
        rows = _by_channel(work.deliveries.of_article(article.id))
        for record in work.channels.all():
            channel = record.channel
            can = deps.capabilities[channel.connector]
            if not can.pull:
                plan_channel(work, article, channel, can, rows.get(channel.name, {}), occasion)


def rewrite(work: UnitOfWork, article_id: str, deps: Deps) -> None:
    """Plan the latest version of an article on every pull channel, to be written anew."""
    latest = work.articles.latest(article_id, lock=True)
    if latest is None:
        return
    occasion = Occasion(work.now(), Lane.BULK, rewrite=True)
    rows = _by_channel(work.deliveries.of_article(article_id))
    for record in work.channels.all():
        channel = record.channel
        can = deps.capabilities[channel.connector]
        if can.pull:
            plan_channel(work, latest, channel, can, rows.get(channel.name, {}), occasion)


def plan_channel(
    work: UnitOfWork,
    article: Article,
    channel: Channel,
    can: Capabilities,
    rows: Mapping[str, Delivery],
    occasion: Occasion,
) -> None:
    """Write down what one channel should have of an article."""
    rules = rules_of(channel, can)
    for demand in demands(article, channel, rows):
        before = rows.get(demand.locale)
        if before is not None and _known(before, demand) and not occasion.rewrite:
            continue
        if before is None and occasion.known_only:
            continue
        row = before or _new_row(article, channel, demand, occasion.now)
        if occasion.rewrite:
            row = _outdated(row)
        queued = urgency(article, occasion.now, occasion.lane)
        after = want(row, demand.wanted, queued, rules, occasion.now)
        save_row(work, before, _not_before(article.embargo_until, after))


def _known(row: Delivery, demand: Demand) -> bool:
    wanted, asked = row.wanted, demand.wanted
    return (wanted.version, wanted.hash, wanted.served_locale, wanted.selected) == (
        asked.version,
        asked.hash,
        asked.served_locale,
        asked.selected,
    )


def _new_row(article: Article, channel: Channel, demand: Demand, now: datetime) -> Delivery:
    return Delivery(
        id=new_id(),
        channel=channel.name,
        article=article.id,
        locale=demand.locale,
        wanted=demand.wanted,
        action=Action.NOTHING,
        state=DeliveryState.DUE,
        wanted_at=now,
        created_at=now,
        updated_at=now,
        urgency=article.urgency,
    )


def _not_before(moment: datetime | None, row: Delivery) -> Delivery:
    """Keep a row back until an embargo lifts, should an article come here before it."""
    if moment is None or row.next_attempt_at is None or not row.at_rest:
        return row
    return replace(row, next_attempt_at=max(moment, row.next_attempt_at))


def _outdated(row: Delivery) -> Delivery:
    if row.there is None or row.there.gone:
        return row
    return replace(row, there=replace(row.there, hash=_NEVER_THE_SAME))


def _by_channel(rows: list[Delivery]) -> dict[str, dict[str, Delivery]]:
    found: dict[str, dict[str, Delivery]] = {}
    for row in rows:
        found.setdefault(row.channel, {})[row.locale] = row
    return found
