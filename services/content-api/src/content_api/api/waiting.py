# SPDX-License-Identifier: EUPL-1.2
"""Requests that wait for the next publication: who wakes them, and how many there may be.

A waiting request holds a thread and no database connection. There are few threads, so there are
fewer places to wait: the rest of them is for requests that do not wait.
"""

import threading
from collections.abc import Callable
from typing import Any

from flask import current_app

from communique import db


class Waiting:
    """Wakes whoever waits; lets no more wait than there are places."""

    def __init__(self, places: int = 1, *, heartbeat: float = 5.0, longest: float = 600.0) -> None:
        """Set how many may wait, how often a stream shows life, and how long it lasts, at most."""
        self.heartbeat = heartbeat
        self.longest = longest
        self._free = places
        self._changed = threading.Condition()
        self._changes = 0
        self._ended = False

    @property
    def ended(self) -> bool:
        """Tell whether this process is about to stop."""
        return self._ended

    def take(self) -> bool:
        """Take a place; False when there is none."""
        with self._changed:
            if self._free <= 0 or self._ended:
                return False
            self._free -= 1
            return True

    def give_back(self) -> None:
        """Free a place that was taken."""
        with self._changed:
            self._free += 1

    def seen(self) -> int:
        """Return a mark; ask for it before looking whether anything has changed."""
        return self._changes

    def wait(self, mark: int, seconds: float) -> bool:
        """Wait until something has changed since the mark; False when the time is over."""
        with self._changed:
            return self._changed.wait_for(lambda: self._ended or self._changes != mark, seconds)

    def wake(self) -> None:
        """Let everybody look whether there is something for them."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Let nobody wait any longer: the process is about to stop."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def ending_before(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        """Return a signal handler that lets nobody wait any longer, then does what `handler` did.

        It ends them in a thread, because the one that is interrupted may be holding the lock.
        """

        def handle(number: int, frame: Any) -> None:
            threading.Thread(target=self.end, name="waiting-end", daemon=True).start()
            handler(number, frame)

        return handle

    def follow(self, url: str, channel: str, stop: threading.Event) -> None:
        """Wake everybody at each notification, and when some may have been missed."""
        missed = threading.Event()
        missed.set()
        for payload in db.listen(url, [channel], stop, lost=missed.set):
            if payload is not None or missed.is_set():
                missed.clear()
                self.wake()


def waiting() -> Waiting:
    """Return where requests of the present application wait."""
    found: Waiting = current_app.extensions["waiting"]
    return found
