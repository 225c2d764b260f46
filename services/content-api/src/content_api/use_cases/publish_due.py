# SPDX-License-Identifier: EUPL-1.2
"""Publish what was scheduled, once its moment has come by the database's clock. Never early."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from content_api.domain.finished import WHOLE
from content_api.domain.states import State, Step
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.publish import check_no_embargo, release
from content_api.use_cases.publish_locale import release_locale
from content_api.use_cases.publish_release import attempt_release
from content_api.use_cases.review_locale import is_approved, words_of

_AT_ONCE = 100


class Kind(StrEnum):
    """What can be scheduled."""

    ARTICLE = "article"
    LOCALE = "locale"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something whose moment has come."""

    kind: Kind
    id: str
    locale: str = WHOLE


@dataclass(frozen=True, slots=True)
class Released:
    """What went live by schedule, and how long after its moment."""

    article: str
    version: int
    late: timedelta


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due, how far the next moment is (None: never), and what cannot go out yet."""

    due: tuple[Waiting, ...]
    wait: timedelta | None
    unready: int


def next_release(deps: Deps) -> Agenda:
    """Tell what there is to publish now, and when to look again."""
    with deps.unit_of_work() as unit:
        due = unit.articles.due(_AT_ONCE)
        locales, releases = unit.locales.due(_AT_ONCE), unit.releases.due(_AT_ONCE)
        waits = [
            wait
            for each in (unit.articles, unit.locales, unit.releases)
            if (wait := each.until_next_due()) is not None
        ]
        waiting = (
            *(Waiting(Kind.ARTICLE, article) for article in due),
            *(Waiting(Kind.LOCALE, *each) for each in locales),
            *(Waiting(Kind.RELEASE, each) for each in releases),
        )
        return Agenda(waiting, min(waits, default=None), unit.articles.unready())


def publish_waiting(waiting: Waiting, deps: Deps) -> Released | None:
    """Publish one of them; None when it is not ready, or somebody has changed it meanwhile."""
    match waiting.kind:
        case Kind.ARTICLE:
            return publish_due(waiting.id, deps)
        case Kind.LOCALE:
            return publish_locale_due(waiting.id, waiting.locale, deps)
        case Kind.RELEASE:
            return publish_release_due(waiting.id, deps)


def publish_due(article_id: str, deps: Deps) -> Released | None:
    """Publish a scheduled article; None when it cannot go out as it is."""
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        until = current.embargo_until
        if current.state is not State.SCHEDULED or until is None or until > unit.now():
            return None
        if not current.approved:
            return None
        caller = current.scheduled_by or "scheduler"
        record = release(unit, current, words_of(unit, current), step=Step.PUBLISH, caller=caller)
        return _released(unit, article_id, record.version, until, {})


def publish_locale_due(article_id: str, locale: str, deps: Deps) -> Released | None:
    """Publish a scheduled language; None when it cannot go out as it is."""
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        life = unit.locales.of(article_id).get(locale)
        if life is None or life.publish_at is None or life.publish_at > unit.now():
            return None
        document = words_of(unit, current)
        if current.state is State.RETRACTED or locale not in document.locales:
            unit.locales.save((life.schedule(None, None),))
            return None
        if current.state is State.SCHEDULED or not is_approved(unit, current, life, document):
            return None
        check_no_embargo(unit, document)
        caller = life.scheduled_by or "scheduler"
        done = release_locale(unit, current, document, life, caller=caller)
        return _released(unit, article_id, done.version, life.publish_at, {"locale": locale})


def publish_release_due(release_id: str, deps: Deps) -> Released | None:
    """Publish a scheduled release; None when it stays overdue."""
    with deps.unit_of_work() as unit:
        done = attempt_release(unit, release_id)
        return None if done is None else Released(release_id, done.revision, done.late)


def _released(
    unit: UnitOfWork, article_id: str, version: int, until: datetime, more: dict[str, str]
) -> Released:
    late = unit.now() - until
    details = {"version": version, "late_seconds": late.total_seconds(), **more}
    unit.audit.add("scheduler", "release", article_id, details)
    return Released(article_id, version, late)
