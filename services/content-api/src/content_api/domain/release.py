# SPDX-License-Identifier: EUPL-1.2
"""A release: several articles and languages that go live together, or as many as can."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from content_api.domain.errors import NotThatRelease
from content_api.domain.finished import WHOLE


class ReleaseState(StrEnum):
    """Where a release is; `overdue` means its moment has passed and something is not out."""

    PLANNED = "planned"
    SCHEDULED = "scheduled"
    OVERDUE = "overdue"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """Whether it is all or none, or each item as it is ready."""

    ATOMIC = "atomic"
    PARTIAL = "partial"


#: What can still be done to a release in each state.
ALLOWED: Final[Mapping[str, frozenset[ReleaseState]]] = {
    "change": frozenset({ReleaseState.PLANNED, ReleaseState.SCHEDULED, ReleaseState.OVERDUE}),
    "schedule": frozenset({ReleaseState.PLANNED, ReleaseState.SCHEDULED, ReleaseState.OVERDUE}),
    "publish": frozenset({ReleaseState.PLANNED, ReleaseState.SCHEDULED, ReleaseState.OVERDUE}),
    "cancel": frozenset({ReleaseState.PLANNED, ReleaseState.SCHEDULED, ReleaseState.OVERDUE}),
    "delete": frozenset({ReleaseState.PLANNED, ReleaseState.CANCELLED}),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An article, or one language of it; `version` is what it became, None while it waits."""

    article: str
    locale: str = WHOLE
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What goes live together. `revision` grows with every change and is its ETag."""

    id: str
    title: str
    mode: Mode
    items: tuple[Item, ...]
    created_by: str
    created_at: datetime
    updated_at: datetime
    reason: str | None = None
    state: ReleaseState = ReleaseState.PLANNED
    revision: int = 1
    publish_at: datetime | None = None
    scheduled_by: str | None = None
    published_at: datetime | None = None

    def check(self, step: str) -> None:
        """Refuse a step that its state does not allow.

        Raises:
            NotThatRelease: it is over, or has not begun.
        """
        if self.state not in ALLOWED[step]:
            raise NotThatRelease(self.state, step)

    def planned(
        self, title: str, mode: Mode, reason: str | None, items: tuple[Item, ...], moment: datetime
    ) -> "Release":
        """Return it with another plan; what is out stays out."""
        out = {(item.article, item.locale): item for item in self.items if item.version}
        kept = tuple(out.pop((item.article, item.locale), item) for item in items)
        return self._next(
            moment, title=title, mode=mode, reason=reason, items=(*out.values(), *kept)
        )

    def schedule(self, publish_at: datetime, caller: str, moment: datetime) -> "Release":
        """Return it waiting for its moment."""
        return self._next(
            moment, state=ReleaseState.SCHEDULED, publish_at=publish_at, scheduled_by=caller
        )

    def overdue(self, moment: datetime) -> "Release":
        """Return it past its moment, with something that is not out."""
        return self._next(moment, state=ReleaseState.OVERDUE)

    def cancel(self, moment: datetime) -> "Release":
        """Return it given up."""
        return self._next(moment, state=ReleaseState.CANCELLED, publish_at=None)

    def out(self, versions: Mapping[Item, int], moment: datetime) -> "Release":
        """Return it with these items live; it is published once nothing waits."""
        items = tuple(
            replace(item, version=versions[item]) if item in versions else item
            for item in self.items
        )
        done = all(item.version for item in items)
        return self._next(
            moment,
            items=items,
            state=ReleaseState.PUBLISHED if done else ReleaseState.OVERDUE,
            published_at=moment if done else None,
            publish_at=self.publish_at or moment,
        )

    def _next(self, moment: datetime, **changes: object) -> "Release":
        values = {"updated_at": moment, "revision": self.revision + 1, **changes}
        return replace(self, **values)  # type: ignore[arg-type]  # each field by its name
