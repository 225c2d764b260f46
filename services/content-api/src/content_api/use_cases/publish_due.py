# SPDX-License-Identifier: EUPL-1.2
"""Publish what was scheduled, once its embargo has lifted by the database's clock. Never early."""

from dataclasses import dataclass
from datetime import timedelta

from content_api.domain.states import State, Step
from content_api.ports import Deps
from content_api.use_cases.publish import release

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Released:
    """An article that went live by schedule, and how long after its moment."""

    article: str
    version: int
    late: timedelta


def next_release(deps: Deps) -> tuple[tuple[str, ...], timedelta | None]:
    """Name the articles whose moment has come, and tell how far the next one is (None: never)."""
    with deps.unit_of_work() as unit:
        return tuple(unit.articles.due(_AT_ONCE)), unit.articles.until_next_due()


def publish_due(article_id: str, deps: Deps) -> Released | None:
    """Publish one of them; None when somebody has changed it meanwhile."""
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        until = current.embargo_until
        if current.state is not State.SCHEDULED or until is None or until > unit.now():
            return None
        document = unit.drafts.get(article_id, current.draft_number).document
        caller = current.scheduled_by or "scheduler"
        record = release(unit, current, document, step=Step.PUBLISH, caller=caller)
        late = unit.now() - until
        details = {"version": record.version, "late_seconds": late.total_seconds()}
        unit.audit.add("scheduler", "release", article_id, details)
        return Released(article_id, record.version, late)
