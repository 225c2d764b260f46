# SPDX-License-Identifier: EUPL-1.2
"""Run a worker's loops as threads, start a crashed one again, stop all of them on a signal."""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import structlog
from prometheus_client import make_wsgi_app

from communique import metrics

log = structlog.get_logger()
Loop = Callable[[threading.Event], None]
_FIRST_WAIT = 0.2
_LONGEST_WAIT = 5.0
_GRACE = 9.0  # seconds for all loops together
_AT_ONCE = 10.0  # a loop that ran for so many seconds did not crash at once


@dataclass
class Health:
    """Which loops are running now; a loop that waits to be started again is not."""

    running: dict[str, bool] = field(default_factory=dict)

    def ready(self) -> bool:
        """Tell whether every loop is running."""
        return all(self.running.values())


def run_loops(loops: Mapping[str, Loop], *, health_port: int | None = None) -> int:
    """Run until SIGTERM or SIGINT; return the exit status of the process."""
    stop = threading.Event()
    health = Health(dict.fromkeys(loops, False))

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        log.info("stopping", signal=signal.Signals(number).name)
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    if health_port is not None:
        _serve_health(health, health_port)
    threads = [
        threading.Thread(
            target=keep_running, args=(name, loop, stop, health), name=name, daemon=True
        )
        for name, loop in loops.items()
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    end = time.monotonic() + _GRACE
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    late = [thread.name for thread in threads if thread.is_alive()]
    if late:
        log.warning("loops did not stop in time", loops=late)
    return 0


def keep_running(name: str, loop: Loop, stop: threading.Event, health: Health) -> None:
    """Run one loop, and again after a crash, waiting longer each time it crashes at once."""
    wait = _FIRST_WAIT
    while not stop.is_set():
        health.running[name] = True
        began = time.monotonic()
        try:
            loop(stop)
        except Exception:  # the outermost loop of a process
            health.running[name] = False
            metrics.LOOP_RESTARTS.labels(name).inc()
            if time.monotonic() - began > _AT_ONCE:
                wait = _FIRST_WAIT
            log.exception("loop crashed", loop=name, again_in_seconds=wait)
            stop.wait(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
    health.running[name] = False


def _serve_health(health: Health, port: int) -> None:
    exposition = make_wsgi_app()

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return exposition(environ, start_response)
        good = path == "/livez" or (path == "/readyz" and health.ready())
        start_response(
            "200 OK" if good else "503 Service Unavailable", [("Content-Type", "text/plain")]
        )
        return [b"ok\n" if good else b"not ready\n"]

    server = make_server("", port, answer, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()


class _Quiet(WSGIRequestHandler):
    """Does not log probes."""

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""
