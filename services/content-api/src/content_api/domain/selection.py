# SPDX-License-Identifier: EUPL-1.2
"""Which live articles a list shows, and in what order. Several values of one kind: any of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from communique.events.article import Audience, Kind
from content_api.domain.finished import WHOLE


class Order(StrEnum):
    """By what a list is ordered; a minus puts the latest first."""

    NEWEST = "-first_published_at"
    OLDEST = "first_published_at"
    UPDATED = "-published_at"
    LEAST_RECENT = "published_at"

    @property
    def field(self) -> str:
        """Return the moment that counts."""
        return self.value.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Tell whether the latest comes first."""
        return self.value.startswith("-")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page of a list ended: the moment that counts, and which article it was."""

    moment: datetime
    article: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Every condition holds; within one, any of its values does. No `locale`: whole documents."""

    locale: str = WHOLE
    kind: tuple[Kind, ...] = ()
    topic: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    mission: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    urgency: tuple[int, ...] = ()
    audience: tuple[Audience, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    updated_since: datetime | None = None
    updated_until: datetime | None = None
    order: Order = Order.NEWEST
