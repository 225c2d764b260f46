# SPDX-License-Identifier: EUPL-1.2
"""Follow what is live: first everything, then every change, without losing one.

Keep each article under its `key`, drop it when told, and store the cursor with them, in the same
transaction if there is one. Whoever starts again from a stored cursor gets what has come since.
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from communique_client.models import EVERYTHING, Article, Selection
from communique_client.transport import Transport

#: Where a copy keeps a document: its article, and its language (None: the whole document).
Key = tuple[str, str | None]
_LONGEST_WAIT: Final = 20
_BETWEEN: Final = 1.0


@dataclass(frozen=True, slots=True)
class Put:
    """Keep this, in the place of what was kept under its key."""

    key: Key
    article: Article


@dataclass(frozen=True, slots=True)
class Drop:
    """Keep nothing under this key any more.

    `reason`: `retracted`, `withdrawn` (this language), `filter` (it is no longer among those
    selected) or `entitlement` (the key may no longer read it).
    """

    key: Key
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes in their order, and the cursor to store once they are applied."""

    items: tuple[Put | Drop, ...]
    cursor: str
    more: bool


class Sync:
    """The stream of changes."""

    def __init__(self, transport: Transport) -> None:
        """Take what asks."""
        self._transport = transport

    def page(
        self,
        which: Selection = EVERYTHING,
        *,
        cursor: str | None = None,
        limit: int = 100,
        wait: int = 0,
    ) -> Changes:
        """Return what has changed since the cursor; without one, from the beginning.

        `wait` holds an empty answer back for so many seconds (20 at most), until there is a change.
        """
        if which.since is not None or which.until is not None:
            raise ValueError("changes are followed from a cursor, not between two moments")
        query = {**which.query(), "limit": str(limit)}
        if cursor is not None:
            query["cursor"] = cursor
        if wait:
            query["wait"] = str(wait)
        given = self._transport.get("/v1/sync", query)
        return Changes(
            items=tuple(_change(each) for each in given["items"]),
            cursor=given["next"],
            more=given["more"],
        )

    def catch_up(
        self, which: Selection = EVERYTHING, *, cursor: str | None = None, limit: int = 100
    ) -> Iterator[Changes]:
        """Yield changes until there are no more for now; go on from the last one's cursor."""
        more = True
        while more:
            changes = self.page(which, cursor=cursor, limit=limit)
            yield changes
            cursor, more = changes.cursor, changes.more

    def follow(
        self,
        stop: threading.Event,
        which: Selection = EVERYTHING,
        *,
        cursor: str | None = None,
        limit: int = 100,
    ) -> Iterator[Changes]:
        """Yield changes as they happen, until told to stop; within `wait` seconds at the latest."""
        while not stop.is_set():
            changes = self.page(which, cursor=cursor, limit=limit, wait=_LONGEST_WAIT)
            if changes.items or changes.cursor != cursor:
                yield changes
            if not changes.items:
                stop.wait(_BETWEEN)  # the server need not have held the answer back
            cursor = changes.cursor


def _change(given: Mapping[str, Any]) -> Put | Drop:
    key = (given["article"], given["locale"])
    if given["change"] == "put":
        return Put(key, Article.read(given["document"]))
    return Drop(key, given["version"], given["reason"])
