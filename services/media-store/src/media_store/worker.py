# SPDX-License-Identifier: EUPL-1.2
"""Claim assets whose renditions are due, one at a time, until told to stop."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

import structlog

from communique.errors import Unavailable
from media_store.ports import Claim, Deps
from media_store.use_cases.make_renditions import make_renditions

log = structlog.get_logger()
_IDLE_SECONDS: Final = 0.5
_RENEWALS: Final = 3  # times per lease


class RenditionLoop:
    """Makes renditions. Any number of these may run; a killed one loses its claim by time."""

    def __init__(self, deps: Deps, lease: timedelta) -> None:
        """Take the dependencies and how long a claim holds."""
        self._deps = deps
        self._lease = lease

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop."""
        while not stop.is_set():
            if not self.step():
                stop.wait(_IDLE_SECONDS)

    def step(self) -> bool:
        """Claim one asset and carry it to its end; False when none is due."""
        with self._deps.unit_of_work() as work:
            claim = work.assets.claim(self._lease)
        if claim is None:
            return False
        with structlog.contextvars.bound_contextvars(asset_id=claim.asset.id), self._kept(claim):
            make_renditions(claim, self._deps)
        return True

    @contextmanager
    def _kept(self, claim: Claim) -> Iterator[None]:
        """Renew the claim in the background for as long as the work takes."""
        done = threading.Event()
        keeper = threading.Thread(target=self._renew, args=(claim, done), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            done.set()
            keeper.join()

    def _renew(self, claim: Claim, done: threading.Event) -> None:
        while not done.wait(self._lease.total_seconds() / _RENEWALS):
            try:
                with self._deps.unit_of_work() as work:
                    if not work.assets.renew(claim, self._lease):
                        log.warning("claim lost", asset_id=claim.asset.id)
                        return
            except Unavailable as error:
                log.warning("claim not renewed", asset_id=claim.asset.id, error=str(error))
