# SPDX-License-Identifier: EUPL-1.2
"""Keep one supervisord, and leave nothing behind when it ends, however it ends.

The keeper is the subreaper of the whole stack: a process whose parent was killed becomes a child of
the keeper, which ends it. If the keeper itself is killed, the guard's signal stops supervisord.
"""

import argparse
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

PR_SET_CHILD_SUBREAPER: Final = 36
TICK: Final = 0.25  # seconds
ORPHAN_GRACE: Final = 3.0  # seconds from SIGTERM to SIGKILL for a child of a killed program
STOP_GRACE: Final = 7.5  # seconds from the order to stop to SIGKILL for all that is left
GUARD: Final = Path(__file__).with_name("guard.py")
SIGNALS: Final = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP}


@dataclass(slots=True)
class Keeper:
    """One supervisord and all its descendants."""

    command: list[str]
    tethered: bool
    process: subprocess.Popen[bytes] | None = None
    supervisor: int = 0
    deadline: float | None = None
    orphans: dict[int, float] = field(default_factory=dict)

    def run(self) -> None:
        """Start supervisord and return when nothing of the stack is left."""
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        guard = [sys.executable, "-I", "-S", str(GUARD), "--", *self.command]
        self.process = subprocess.Popen(guard, stdin=subprocess.DEVNULL)  # noqa: S603 - our own command
        self.supervisor = self.process.pid
        while self.alive():
            caught = signal.sigtimedwait(SIGNALS, TICK)
            if self.told_to_stop(caught.si_signo if caught else None):
                self.stop()
            self.reap()
            self.end_orphans()

    def told_to_stop(self, caught: int | None) -> bool:
        """Say whether a signal, or the end of the process we are tethered to, asks us to stop."""
        if caught is not None and caught != signal.SIGCHLD:
            return True
        return self.tethered and bool(select.select([0], [], [], 0)[0]) and not os.read(0, 1)

    def alive(self) -> bool:
        """Say whether anything is left, killing it when its time is up."""
        left = psutil.Process().children(recursive=True)
        if self.deadline is not None and time.monotonic() > self.deadline:
            for process in left:
                send(process.pid, signal.SIGKILL)
        return bool(left)

    def stop(self) -> None:
        """Ask supervisord to stop everything; it does so in the order of priorities."""
        if self.deadline is None:
            self.deadline = time.monotonic() + STOP_GRACE
            if self.supervisor:
                send(self.supervisor, signal.SIGTERM)

    def reap(self) -> None:
        """Collect ended children, and notice when supervisord was one of them."""
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                pid = 0
            if pid == 0:
                return
            self.orphans.pop(pid, None)
            if pid == self.supervisor:
                self.supervisor = 0
                self.deadline = self.deadline or time.monotonic() + STOP_GRACE

    def end_orphans(self) -> None:
        """End what a killed program left; without supervisord the guard's signal has done it."""
        if not self.supervisor:
            return
        now = time.monotonic()
        for child in psutil.Process().children():
            if child.pid == self.supervisor:
                continue
            if child.pid not in self.orphans:
                self.orphans[child.pid] = now + ORPHAN_GRACE
                send(child.pid, signal.SIGTERM)
            elif now > self.orphans[child.pid]:
                send(child.pid, signal.SIGKILL)


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may have ended meanwhile."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="local_stack.keeper", description=__doc__)
    parser.add_argument("--tethered", action="store_true", help="stop when standard input ends")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    Keeper(arguments.command, arguments.tethered).run()


if __name__ == "__main__":
    main()
