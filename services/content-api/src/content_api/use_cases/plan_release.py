# SPDX-License-Identifier: EUPL-1.2
"""Plan what goes live together: write it down, change it, give it a moment, give it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from communique.errors import InvalidInput
from communique.ids import new_id
from content_api.domain.errors import StaleRelease
from content_api.domain.release import Item, Mode, Release, ReleaseState
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.release_items import Reasons, reasons_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wants to go live together."""

    title: str
    mode: Mode
    reason: str | None
    items: tuple[Item, ...]


def create_release(plan: Plan, deps: Deps, *, caller: str) -> tuple[Release, Reasons]:
    """Write a release down.

    Raises:
        InvalidInput: an item stands twice, is no article, or `partial` has no reason.
    """
    with deps.unit_of_work() as unit:
        _check(unit, plan)
        moment = unit.now()
        release = Release(
            id=new_id(),
            title=plan.title,
            mode=plan.mode,
            reason=plan.reason,
            items=plan.items,
            created_by=caller,
            created_at=moment,
            updated_at=moment,
        )
        unit.releases.add(release)
        unit.audit.add(caller, "create-release", release.id, {"items": len(plan.items)})
        return release, reasons_of(unit, release)


def change_release(
    release_id: str, plan: Plan, deps: Deps, *, caller: str, seen: int
) -> tuple[Release, Reasons]:
    """Put another plan in the place of one that is not out yet; its moment stays.

    Raises:
        NoSuchRelease, StaleRelease, NotThatRelease, InvalidInput: it cannot be changed.
    """
    with deps.unit_of_work() as unit:
        current = lock_release(unit, release_id, seen, "change")
        _check(unit, plan)
        changed = current.planned(plan.title, plan.mode, plan.reason, plan.items, unit.now())
        unit.releases.save(changed)
        unit.wake_scheduler()
        unit.audit.add(caller, "change-release", release_id, {"items": len(changed.items)})
        return changed, reasons_of(unit, changed)


def schedule_release(
    release_id: str, publish_at: datetime, deps: Deps, *, caller: str, seen: int
) -> tuple[Release, Reasons]:
    """Give a release its moment; what blocks it now may be ready by then.

    Raises:
        NoSuchRelease, StaleRelease, NotThatRelease: it cannot be scheduled.
        InvalidInput: the moment has passed.
    """
    with deps.unit_of_work() as unit:
        current = lock_release(unit, release_id, seen, "schedule")
        if publish_at <= unit.now():
            raise InvalidInput(
                "A schedule lies in the future.", errors={"/publish_at": ["Has passed."]}
            )
        scheduled = current.schedule(publish_at, caller, unit.now())
        unit.releases.save(scheduled)
        unit.wake_scheduler()
        details = {"until": publish_at.isoformat()}
        unit.audit.add(caller, "schedule-release", release_id, details)
        return scheduled, reasons_of(unit, scheduled)


def cancel_release(
    release_id: str, deps: Deps, *, caller: str, seen: int
) -> tuple[Release, Reasons]:
    """Give a release up; what of it is out stays out.

    Raises:
        NoSuchRelease, StaleRelease, NotThatRelease: it cannot be cancelled.
    """
    with deps.unit_of_work() as unit:
        current = lock_release(unit, release_id, seen, "cancel")
        cancelled = current.cancel(unit.now())
        unit.releases.save(cancelled)
        unit.wake_scheduler()
        unit.audit.add(caller, "cancel-release", release_id, {})
        return cancelled, {}


def delete_release(release_id: str, deps: Deps, *, caller: str, seen: int) -> None:
    """Forget a release that never had a moment, or was cancelled; the audit keeps it.

    Raises:
        NoSuchRelease, StaleRelease, NotThatRelease: it cannot be deleted.
    """
    with deps.unit_of_work() as unit:
        lock_release(unit, release_id, seen, "delete")
        unit.releases.delete(release_id)
        unit.audit.add(caller, "delete-release", release_id, {})


def read_release(release_id: str, deps: Deps) -> tuple[Release, Reasons]:
    """Return a release with what blocks each item, or raise NoSuchRelease."""
    with deps.unit_of_work() as unit:
        release = unit.releases.get(release_id)
        return release, reasons_of(unit, release)


def list_releases(
    deps: Deps, *, state: ReleaseState | None, before: str | None, limit: int
) -> tuple[Sequence[tuple[Release, Reasons]], str | None]:
    """Return a page of releases, newest first, and the id to go on from."""
    with deps.unit_of_work() as unit:
        found = unit.releases.page(state, before, limit + 1)
        page = [(release, reasons_of(unit, release)) for release in found[:limit]]
    return page, page[-1][0].id if len(found) > limit else None


def lock_release(unit: UnitOfWork, release_id: str, seen: int, step: str) -> Release:
    """Return a release that a step can be taken with, and keep every other change waiting.

    Raises:
        NoSuchRelease, StaleRelease, NotThatRelease: the step cannot be taken.
    """
    current = unit.releases.lock(release_id)
    if current.revision != seen:
        raise StaleRelease(current.revision)
    current.check(step)
    return current


def _check(unit: UnitOfWork, plan: Plan) -> None:
    errors: dict[str, list[str]] = {}
    seen: set[tuple[str, str]] = set()
    for number, item in enumerate(plan.items):
        if (item.article, item.locale) in seen or (item.article, "") in seen:
            errors[f"/items/{number}"] = ["Stands here already."]
        elif not unit.articles.known(item.article):
            errors[f"/items/{number}/article"] = ["There is no such article."]
        seen.add((item.article, item.locale))
    if plan.mode is Mode.PARTIAL and plan.reason is None:
        errors["/reason"] = ["Required: say why not everything has to go out together."]
    if errors:
        raise InvalidInput("The release cannot be kept as it is.", errors=errors)
