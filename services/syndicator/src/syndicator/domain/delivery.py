# SPDX-License-Identifier: EUPL-1.2
"""One article on one channel in one language: what should be there, and what is there.

The row is permanent. It is closed when both are equal, and opens again with the next version.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from communique.events.article import Revision
from communique.events.delivery import Action, DeliveryState


class Lane(StrEnum):
    """Which queue of its channel a row stands in; live goes first."""

    LIVE = "live"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should be at the destination. `selected` is false when it should not be there at all."""

    version: int
    hash: str
    revision: Revision
    served_locale: str
    selected: bool = True

    @property
    def withdrawn(self) -> bool:
        """Tell whether what stands there must go."""
        return not self.selected or self.revision is Revision.RETRACTION


@dataclass(frozen=True, slots=True)
class Standing:
    """What is at the destination. `replies` are posts of ours below it; `gone` once deleted."""

    version: int
    hash: str
    at: datetime
    external_id: str | None = None
    url: str | None = None
    replies: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing we set out to do, written down before the call.

    Every attempt of the same intent has the same key. `until` is when a call that said nothing is
    taken for lost.
    """

    key: str
    action: Action
    wanted: Wanted
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """The reconciliation row."""

    id: str
    channel: str
    article: str
    locale: str
    wanted: Wanted
    action: Action
    state: DeliveryState
    wanted_at: datetime
    created_at: datetime
    updated_at: datetime
    there: Standing | None = None
    intent: Intent | None = None
    attempts: int = 0
    looks: int = 0
    next_attempt_at: datetime | None = None
    deadline_at: datetime | None = None
    reason: str | None = None
    urgency: int = 5
    lane: Lane = Lane.LIVE
    waits_for: str | None = None
    refused: frozenset[Action] = field(default_factory=frozenset)

    @property
    def version(self) -> int | None:
        """Return the version at the destination; of a withdrawal too, once it is done."""
        return None if self.there is None else self.there.version

    @property
    def at_rest(self) -> bool:
        """Tell whether no call is under way and none is of unknown outcome."""
        return self.state not in {DeliveryState.SENDING, DeliveryState.UNKNOWN}
