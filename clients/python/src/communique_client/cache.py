# SPDX-License-Identifier: EUPL-1.2
"""The last answers with their ETags, so that what has not changed is not sent again."""

import threading
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and how the server names it."""

    etag: str
    body: bytes


class Cache:
    """Bounded; what has not been used for longest goes first. Threads may share it."""

    def __init__(self, *, most_bytes: int = 32_000_000) -> None:
        """Set how much is kept; 0 keeps nothing."""
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, url: str) -> Kept | None:
        """Return what was last given for an address."""
        with self._lock:
            found = self._kept.get(url)
            if found is not None:
                self._kept.move_to_end(url)
            return found

    def put(self, url: str, kept: Kept) -> None:
        """Keep an answer."""
        with self._lock:
            self._drop(url)
            self._kept[url] = kept
            self._bytes += len(kept.body)
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._kept)))

    def _drop(self, url: str) -> None:
        former = self._kept.pop(url, None)
        self._bytes -= 0 if former is None else len(former.body)
