# SPDX-License-Identifier: EUPL-1.2
"""Keep every channel's lane moving until told to stop.

A lane is worked by one thread at a time, so that a channel never has two calls under way. Lanes of
our own feeds and wires have threads of their own: no partner, however slow, delays them.
"""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import structlog
from structlog.contextvars import bound_contextvars

from communique import db
from syndicator.ports import Deps
from syndicator.use_cases.deliver import deliver_next, recover_lost

log = structlog.get_logger()
_TURN: Final = 25  # rows of one channel before others have a chance at its thread
_LONGEST_SLEEP: Final = 1.0
_COOL_DOWN: Final = 2.0
DUE: Final = "syndicator_due"


@dataclass(frozen=True, slots=True)
class Threads:
    """How many lanes are worked at once."""

    pull: int
    push: int


@dataclass
class _Busy:
    """Which channels are being worked, and which rest after a crash."""

    channels: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, channel: str) -> bool:
        """Take a channel unless somebody has it."""
        with self.lock:
            if channel in self.channels:
                return False
            self.channels.add(channel)
            return True

    def give_back(self, channel: str) -> None:
        """Let others take it."""
        with self.lock:
            self.channels.discard(channel)

    def now(self) -> set[str]:
        """Return a copy."""
        with self.lock:
            return set(self.channels)


class Deliverer:
    """Works the lanes."""

    def __init__(self, deps: Deps, url: str, threads: Threads) -> None:
        """Take what the use cases need, where to listen, and how wide to work."""
        self._deps = deps
        self._url = url
        self._threads = threads
        self._busy = _Busy()
        self._wake = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; a call under way is waited for."""
        deaf = threading.Event()
        ear = threading.Thread(target=self._listen, args=(deaf,), name="ear", daemon=True)
        ear.start()
        try:
            with (
                ThreadPoolExecutor(self._threads.pull, "pull") as pull,
                ThreadPoolExecutor(self._threads.push, "push") as push,
            ):
                while not stop.is_set():
                    self._wake.clear()
                    self.step({True: pull, False: push}, stop)
                    self._wake.wait(self._sleep())
        finally:
            deaf.set()

    def step(self, pools: Mapping[bool, ThreadPoolExecutor], stop: threading.Event) -> None:
        """Take note of lost calls, and give every lane that can move a thread."""
        recover_lost(self._deps)
        with self._deps.begin() as work:
            names = work.deliveries.ready(self._busy.now(), limit=1_000)
            records = {name: work.channels.get(name) for name in names}
        for name, record in records.items():
            if record is not None and self._busy.take(name):
                pull = self._deps.capabilities[record.channel.connector].pull
                pools[pull].submit(self._work, name, stop)

    def _work(self, channel: str, stop: threading.Event) -> None:
        with bound_contextvars(channel=channel):
            try:
                for _ in range(_TURN):
                    if stop.is_set() or not deliver_next(channel, self._deps):
                        break
            except Exception:  # the outermost loop of a lane; the row is as the database has it
                log.exception("lane crashed")
                stop.wait(_COOL_DOWN)
            finally:
                self._busy.give_back(channel)
                self._wake.set()

    def _listen(self, stop: threading.Event) -> None:
        for payload in db.listen(self._url, [DUE], stop):
            del payload
            self._wake.set()

    def _sleep(self) -> float:
        with self._deps.begin() as work:
            due = work.deliveries.next_attempt_at()
            if due is None:
                return _LONGEST_SLEEP
            return min(max((due - work.now()).total_seconds(), 0.01), _LONGEST_SLEEP)
