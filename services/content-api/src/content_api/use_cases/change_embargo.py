# SPDX-License-Identifier: EUPL-1.2
"""Move an embargo, lift it early, or give the schedule up; always with a reason."""

from datetime import datetime

from communique.errors import InvalidInput
from content_api.domain.desk_article import DeskArticle
from content_api.domain.errors import NotNow
from content_api.domain.states import State, Step
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.press_tier import cancel_for_press, inform_press
from content_api.use_cases.publish import release


def move_embargo(
    article_id: str, until: datetime, reason: str, deps: Deps, *, caller: str, seen: int
) -> DeskArticle:
    """Let a scheduled article wait for another moment; the draft and its approval stay.

    Raises:
        NoSuchArticle, Stale, NotNow: there is no schedule to change.
        InvalidInput: the moment has passed.
    """
    with deps.unit_of_work() as unit:
        current = _scheduled(unit, article_id, seen)
        if until <= unit.now():
            raise InvalidInput(
                "An embargo lies in the future.",
                errors={"/embargo_until": ["Has passed; send null to lift the embargo now."]},
            )
        if until == current.embargo_until:
            return current
        moved = current.reschedule(until, caller, unit.now())
        document = unit.drafts.get(article_id, current.draft_number).document
        unit.articles.save(moved)
        inform_press(unit, moved, moved.effective(document))
        unit.wake_scheduler()
        details = {**_was(current), "until": until.isoformat(), "reason": reason}
        unit.audit.add(caller, "change-embargo", article_id, details)
        return moved


def lift_embargo(
    article_id: str, reason: str, deps: Deps, *, caller: str, seen: int
) -> DeskArticle:
    """Publish a scheduled article now, before its moment.

    Raises:
        NoSuchArticle, Stale, NotNow, NotApproved: it cannot be published.
    """
    with deps.unit_of_work() as unit:
        current = _scheduled(unit, article_id, seen)
        current.check_approved()
        lifted = current.reschedule(unit.now(), caller, unit.now())
        document = lifted.effective(unit.drafts.get(article_id, seen).document)
        details = {**_was(current), "reason": reason}
        unit.audit.add(caller, "lift-embargo", article_id, details)
        return release(unit, lifted, document, step=Step.PUBLISH, caller=caller)


def cancel_schedule(
    article_id: str, reason: str, deps: Deps, *, caller: str, seen: int
) -> DeskArticle:
    """Give a schedule up; the press, if it holds the article, is told the reason.

    Raises:
        NoSuchArticle, Stale, NotNow: there is no schedule.
    """
    with deps.unit_of_work() as unit:
        current = _scheduled(unit, article_id, seen)
        ended = current.unschedule(unit.now())
        unit.articles.save(ended)
        cancel_for_press(unit, ended, reason)
        unit.wake_scheduler()
        details = {**_was(current), "reason": reason}
        unit.audit.add(caller, Step.UNSCHEDULE.value, article_id, details)
        return ended


def _scheduled(unit: UnitOfWork, article_id: str, seen: int) -> DeskArticle:
    current = unit.articles.lock(article_id)
    current.check_current(seen)
    if current.state is not State.SCHEDULED:
        raise NotNow(current.state, Step.EMBARGO)
    return current


def _was(current: DeskArticle) -> dict[str, object]:
    until = current.embargo_until
    return {"draft": current.draft_number, "was": until.isoformat() if until else None}
