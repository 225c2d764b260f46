# SPDX-License-Identifier: EUPL-1.2
"""Follow what is live: a page of the delivery log, and the cursor to go on from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from content_api.domain.entitlements import Entitlements
from content_api.domain.sync_cursor import (
    SyncCursor,
    ahead,
    beginning,
    read_cursor,
    write_cursor,
)
from content_api.ports import Change, Deps, Filter

MOST_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Followed:
    """What has changed for one consumer; `more` tells that there was more than fits a page."""

    items: Sequence[Change]
    next: str
    more: bool
    at: SyncCursor
    came: SyncCursor
    top: int

    def after(self, change: Change) -> SyncCursor:
        """Return the cursor of who has done with one of the items, and not yet the next."""
        if change is self.items[-1]:
            return self.at
        return self.came.read_to(change.position, top=self.top, more=True)


def read_changes(
    wanted: Filter, cursor: str | None, deps: Deps, *, may: Entitlements, limit: int
) -> Followed:
    """Return the present state to who begins, and what has changed since to who goes on.

    Raises:
        InvalidInput: the cursor is not ours, of another filter, or ahead of the log.
    """
    came = beginning(may) if cursor is None else resumed(wanted, cursor, may=may)
    return follow(wanted, came, deps, limit=limit)


def resumed(wanted: Filter, cursor: str, *, may: Entitlements) -> SyncCursor:
    """Return where a caller with these entitlements goes on from a cursor.

    Raises:
        InvalidInput: the cursor is not ours, or of another filter.
    """
    return read_cursor(cursor, fingerprint(wanted)).entitled(may)


def follow(wanted: Filter, came: SyncCursor, deps: Deps, *, limit: int) -> Followed:
    """Return one page from a cursor.

    Raises:
        InvalidInput: the cursor is ahead of the log.
    """
    found = deps.log.page(wanted, came, min(limit, MOST_AT_ONCE))
    if max(came.position, came.start or 0, came.known) > found.top:
        raise ahead()
    last = found.items[-1].position if found.items else came.position
    following = came.read_to(last, top=found.top, more=found.more)
    word = write_cursor(following, fingerprint(wanted))
    return Followed(found.items, word, found.more, following, came, found.top)


def at_the_end(deps: Deps, *, may: Entitlements) -> SyncCursor:
    """Return the cursor of who wants only what comes from now on."""
    top = deps.log.top()
    return beginning(may).read_to(top, top=top, more=False)


def fingerprint(wanted: Filter) -> str:
    """Return the filter as text, to which a cursor is bound."""
    kind = wanted.kind.value if wanted.kind else None
    return repr((wanted.locale, kind, wanted.topic, wanted.place, wanted.mission))
