# SPDX-License-Identifier: EUPL-1.2
"""Publish a release in one transaction: every item, or none; `partial`: each that is ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from communique.errors import Refused
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document_codec import content_hash
from content_api.domain.errors import Blocked
from content_api.domain.finished import WHOLE
from content_api.domain.locale_life import life_of
from content_api.domain.release import Item, Mode, Release, ReleaseState
from content_api.domain.states import State, Step
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.plan_release import lock_release
from content_api.use_cases.publish import claim_slugs, release
from content_api.use_cases.publish_locale import claim_slug, release_locale
from content_api.use_cases.release_items import Reasons, reasons_of
from content_api.use_cases.review_locale import words_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has become of an attempt: the versions that are out, and what was not ready."""

    versions: Mapping[Item, int]
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Done:
    """A release that is out in full, and how long after its moment."""

    revision: int
    late: timedelta


def publish_release(
    release_id: str, deps: Deps, *, caller: str, seen: int
) -> tuple[Release, Reasons]:
    """Publish a release now.

    Raises:
        NoSuchRelease, StaleRelease, NotThatRelease: it cannot be published.
        Blocked: an item is not ready, and the release is atomic; or none is.
    """
    with deps.unit_of_work() as unit:
        current = lock_release(unit, release_id, seen, "publish")
        _lock_articles(unit, current)
        outcome = _attempt(unit, current, caller)
        if outcome.reasons and not outcome.versions:
            raise Blocked(outcome.reasons)
        done = current.out(outcome.versions, unit.now())
        unit.releases.save(done)
        unit.wake_scheduler()
        unit.audit.add(caller, "publish-release", release_id, _told(outcome))
        return done, outcome.reasons


def attempt_release(unit: UnitOfWork, release_id: str) -> Done | None:
    """Publish a release whose moment has come; what is not out makes it overdue."""
    current = unit.releases.lock(release_id)
    until = current.publish_at
    if current.state not in (ReleaseState.SCHEDULED, ReleaseState.OVERDUE):
        return None
    if until is None or until > unit.now():
        return None
    _lock_articles(unit, current)
    outcome = _attempt(unit, current, current.scheduled_by or "scheduler")
    if outcome.versions or not outcome.reasons:
        after = current.out(outcome.versions, unit.now())
    elif current.state is ReleaseState.OVERDUE:
        return None
    else:
        after = current.overdue(unit.now())
    unit.releases.save(after)
    late = unit.now() - until
    told = {**_told(outcome), "late_seconds": late.total_seconds(), "state": after.state.value}
    unit.audit.add("scheduler", "release", release_id, told)
    return Done(after.revision, late) if after.state is ReleaseState.PUBLISHED else None


def _lock_articles(unit: UnitOfWork, current: Release) -> None:
    for article in sorted({item.article for item in current.items}):
        unit.articles.lock(article)


def _attempt(unit: UnitOfWork, current: Release, caller: str) -> Outcome:
    reasons = dict(reasons_of(unit, current))
    waiting = {n: item for n, item in enumerate(current.items) if item.version is None}
    if current.mode is Mode.PARTIAL:
        versions: dict[Item, int] = {}
        for number, item in waiting.items():
            if number not in reasons:
                versions |= _try(unit, {number: item}, reasons, caller)
        return Outcome(versions, reasons)
    return Outcome({} if reasons else _try(unit, waiting, reasons, caller), reasons)


def _try(
    unit: UnitOfWork, items: Mapping[int, Item], reasons: dict[int, str], caller: str
) -> dict[Item, int]:
    """Publish these items, or, if one is refused, none of them, and note why."""
    number = -1
    try:
        with unit.attempt():
            for item in items.values():
                _claim(unit, item)
            versions = {}
            for number, item in items.items():  # noqa: B007  # named when it is refused
                versions[item] = _publish(unit, item, caller)
            return versions
    except Refused as refusal:
        reasons[number if number in items else next(iter(items))] = refusal.detail
        return {}


def _claim(unit: UnitOfWork, item: Item) -> None:
    # All addresses first: whoever publishes takes them before it takes its place in the order.
    current = unit.articles.get(item.article)
    document = words_of(unit, current)
    if item.locale == WHOLE:
        claim_slugs(unit, current, document)
    else:
        claim_slug(unit, current, document, item.locale)


def _publish(unit: UnitOfWork, item: Item, caller: str) -> int:
    current = unit.articles.get(item.article)
    if item.locale == WHOLE:
        return _publish_whole(unit, current, caller)
    document = words_of(unit, current)
    life = life_of(unit.locales.of(current.id), current.id, item.locale)
    if content_hash(document.locales[item.locale]) == life.content_hash:
        return life.version
    return release_locale(unit, current, document, life, caller=caller).version


def _publish_whole(unit: UnitOfWork, current: DeskArticle, caller: str) -> int:
    if current.state is State.LIVE and current.published:
        return current.version
    document = words_of(unit, current)
    return release(unit, current, document, step=Step.PUBLISH, caller=caller).version


def _told(outcome: Outcome) -> dict[str, object]:
    return {
        "versions": {
            "/".join(filter(None, (item.article, item.locale))): version
            for item, version in outcome.versions.items()
        },
        "waiting": {str(number): reason for number, reason in outcome.reasons.items()},
    }
