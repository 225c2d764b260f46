# SPDX-License-Identifier: EUPL-1.2
"""Publish what is scheduled at its moment: never early, and late by less than a second.

Whether the moment has come is asked of PostgreSQL, never of this process. One scheduler works at a
time, by a lease; a second one that worked as well would only find nothing left to do.
"""

import threading

import structlog
from sqlalchemy import Connection, Engine, select
from structlog.contextvars import bound_contextvars

from communique import db, metrics
from communique.errors import Refused
from content_api.ports import Deps
from content_api.use_cases.publish_due import Waiting, next_release, publish_waiting

log = structlog.get_logger()
_SHORTEST_WAIT = 0.005
_LONGEST_WAIT = 1.0
_STANDBY_WAIT = 1.0


class Scheduler:
    """Waits for the next moment, or for somebody to change it."""

    def __init__(self, engine: Engine, url: str, channel: str, deps: Deps) -> None:
        """Take the database, where and on what to listen, and what the use case needs."""
        self._engine = engine
        self._url = url
        self._channel = channel
        self._deps = deps
        self._changed = threading.Event()
        self._overdue = 0

    def run(self, stop: threading.Event) -> None:
        """Publish what is due until told to stop; stand by while another one does."""
        done = threading.Event()
        listener = threading.Thread(
            target=self._listen, args=(done,), name="scheduler-listener", daemon=True
        )
        listener.start()
        try:
            while not stop.is_set():
                with db.lease(self._engine, "content_api.scheduler") as lease:
                    if lease.held:
                        self._work(lease.connection, stop)
                stop.wait(_STANDBY_WAIT)
        finally:
            done.set()

    def _work(self, holding: Connection, stop: threading.Event) -> None:
        while not stop.is_set():
            self._changed.clear()
            holding.execute(select(1))  # fails when the lease is lost
            holding.commit()
            self._changed.wait(self.step())

    def step(self) -> float:
        """Publish what is due now; return for how many seconds there will be nothing to do."""
        agenda = next_release(self._deps)
        done = [self._publish(each) for each in agenda.due]
        overdue = agenda.unready + done.count(False)
        metrics.PUBLISH_OVERDUE.set(overdue)
        if overdue != self._overdue:
            self._overdue = overdue
            log.warning("overdue", waiting=overdue)
        if any(done):
            return 0.0
        seconds = _LONGEST_WAIT if agenda.wait is None else agenda.wait.total_seconds()
        return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)

    def _publish(self, waiting: Waiting) -> bool:
        names = {"article_id": waiting.id, "kind": waiting.kind.value, "locale": waiting.locale}
        with bound_contextvars(**names):
            try:
                released = publish_waiting(waiting, self._deps)
            except Refused as refusal:
                log.exception("what is scheduled was refused", reason=refusal.detail)
                return False
            if released is None:
                return False
            late = released.late.total_seconds()
            metrics.PUBLISH_LATENESS.observe(late)
            log.info("what was scheduled is live", version=released.version, late_seconds=late)
            return True

    def _listen(self, done: threading.Event) -> None:
        for _ in db.listen(self._url, [self._channel], done):
            self._changed.set()
