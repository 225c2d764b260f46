# SPDX-License-Identifier: EUPL-1.2
"""Start, find, ask and stop the keeper and its supervisord."""

import os
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import psutil

from local_stack.errors import NotReady, StackError
from local_stack.home import CHECKOUT, Home, read_json, write_json
from local_stack.plan import Plan
from local_stack.processes import tail
from local_stack.programs import Program
from local_stack.supervisor_api import call
from local_stack.supervisor_config import render

START_SECONDS: Final = 10.0
STOP_SECONDS: Final = 12.0  # the keeper needs fewer than 10
PAUSE: Final = 0.05


@dataclass(slots=True)
class Supervision:
    """The processes that keep the programs of one home."""

    home: Home
    keeper: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def facts(self) -> dict[str, Any]:
        """Return what was written about the running stack; nothing where none runs."""
        facts = read_json(self.home.running / "stack.json")
        known = facts if isinstance(facts, dict) else {}
        return known if known and _is(known["keeper"], known["created"]) else {}

    def start(self, plan: Plan, programs: Mapping[str, Program], *, tethered: bool) -> None:
        """Start the keeper and wait until its supervisord answers."""
        configuration = self.home.running / "supervisord.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(render(plan, programs), encoding="utf-8")
        self.home.socket.unlink(missing_ok=True)
        manager = [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)]
        options = ["--tethered"] if tethered else []
        with self.home.log("keeper").open("ab") as log:
            self.keeper = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "local_stack.keeper", *options, "--", *manager],
                cwd=CHECKOUT,
                env=plan.environment(),
                stdin=subprocess.PIPE if tethered else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        keeper = psutil.Process(self.keeper.pid)
        facts = {
            "keeper": keeper.pid,
            "created": keeper.create_time(),
            "broker": plan.broker,
            "offset": plan.ports.offset,
            "replaced": plan.replaced(),
        }
        write_json(self.home.running / "stack.json", facts)
        self._wait_for_socket()

    def _wait_for_socket(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.states():
            if time.monotonic() > deadline or not self.facts():
                raise NotReady("supervisord", tail(self.home.log("keeper")))
            time.sleep(PAUSE)

    def call(self, method: str, *arguments: object) -> Any:
        """Call a method of supervisord."""
        try:
            return call(self.home.socket, method, *arguments)
        except xmlrpc.client.Fault as fault:
            raise StackError(f"supervisord, {method}: {fault.faultString}") from fault
        except OSError as error:
            raise StackError("The stack is not up.") from error

    def states(self) -> dict[str, dict[str, Any]]:
        """Return what supervisord says of each program; nothing where it does not answer."""
        try:
            processes = call(self.home.socket, "getAllProcessInfo")
        except (OSError, xmlrpc.client.Error):
            return {}
        return {process["name"]: process for process in processes}

    def stop(self) -> bool:
        """Stop everything and return when no process of the stack is left."""
        facts = self.facts()
        manager = self._manager()
        if facts:
            _signal(facts["keeper"], signal.SIGTERM)
        elif manager:
            _signal(manager.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self._left(manager):
            if time.monotonic() > deadline:
                raise StackError("The stack did not stop in time; see `local-stack status`.")
            time.sleep(PAUSE)
        (self.home.running / "stack.json").unlink(missing_ok=True)
        if self.keeper is not None and self.keeper.stdin is not None:
            self.keeper.stdin.close()
        return bool(facts or manager)

    def _left(self, manager: psutil.Process | None) -> bool:
        if self.keeper and self.keeper.poll() is not None and self.keeper.stdin:
            self.keeper.stdin.close()
        return bool(self.facts()) or (manager is not None and manager.is_running())

    def _manager(self) -> psutil.Process | None:
        """Return the supervisord of this home, if it runs."""
        try:
            pid = int((self.home.running / "supervisord.pid").read_text(encoding="ascii"))
            process = psutil.Process(pid)
            ours = str(self.home.running / "supervisord.conf") in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return process if ours else None


def _is(pid: int, created: float) -> bool:
    """Say whether the process that once had this id still runs."""
    try:
        process = psutil.Process(pid)
        return bool(process.create_time() == created) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _signal(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may have ended meanwhile."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
