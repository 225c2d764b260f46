# SPDX-License-Identifier: EUPL-1.2
"""Publish scheduled articles at their moment: never early, and late by less than a second.

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
from content_api.use_cases.publish_due import next_release, publish_due

log = structlog.get_logger()
_SHORTEST_WAIT = 0.005
_LONGEST_WAIT = 1.0
_STANDBY_WAIT = 1.0
_WAIT_AFTER_REFUSAL = 1.0


class Scheduler:
    """Waits for the next moment, or for somebody to change it."""

    def __init__(self, engine: Engine, url: str, channel: str, deps: Deps) -> None:
        """Take the database, where and on what to listen, and what the use case needs."""
        self._engine = engine
        self._url = url
        self._channel = channel
        self._deps = deps
        self._changed = threading.Event()

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
        due, wait = next_release(self._deps)
        done = [self._publish(article) for article in due]
        if not all(done):
            return _WAIT_AFTER_REFUSAL
        if due:
            return 0.0
        seconds = _LONGEST_WAIT if wait is None else wait.total_seconds()
        return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)

    def _publish(self, article: str) -> bool:
        with bound_contextvars(article_id=article):
            try:
                released = publish_due(article, self._deps)
            except Refused as refusal:
                log.exception("scheduled article refused", reason=refusal.detail)
                return False
            if released is not None:
                metrics.PUBLISH_LATENESS.observe(released.late.total_seconds())
                late = released.late.total_seconds()
                log.info("scheduled article live", version=released.version, late_seconds=late)
            return True

    def _listen(self, done: threading.Event) -> None:
        for _ in db.listen(self._url, [self._channel], done):
            self._changed.set()
