# SPDX-License-Identifier: EUPL-1.2
"""The whole stack as one object, for the command line, the demo and the tests."""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from local_stack import port_check
from local_stack.addresses import Ports, printable
from local_stack.credentials import Credentials, load_credentials, load_secrets
from local_stack.errors import PortTaken, StackError
from local_stack.home import Home
from local_stack.launch import Launch
from local_stack.plan import Plan
from local_stack.programs import Program, programs
from local_stack.supervision import Supervision

PORT_RELEASE_SECONDS: Final = 5.0
PAUSE: Final = 0.1


def silent(message: str) -> None:
    """Report to nobody."""
    del message


class Stack:
    """One set of components and services in one home directory."""

    def __init__(
        self,
        home: Path,
        offset: int = 0,
        broker: str = "tansu",
        *,
        environ: Mapping[str, str] | None = None,
        report: Callable[[str], None] = silent,
    ) -> None:
        self.home = Home(home.absolute())
        self.home.make()
        secrets = load_secrets(self.home)
        self.plan = Plan(self.home, Ports(offset), broker, secrets, environ or {})
        self.programs: dict[str, Program] = programs(broker)
        self.supervision = Supervision(self.home)
        self.report = report
        self._killed: dict[str, int] = {}

    @property
    def credentials(self) -> Credentials:
        """Return the keys of the stack's users, as in `credentials.json`."""
        return load_credentials(self.home)

    @property
    def addresses(self) -> dict[str, str]:
        """Return where each component and service answers."""
        settings = self.plan.settings()
        return {
            "content-api": settings["COMMUNIQUE_CONTENT_API_URL"],
            "syndicator": settings["COMMUNIQUE_SYNDICATOR_URL"],
            "media-store": settings["COMMUNIQUE_MEDIA_URL"],
            "postgres": printable(settings["COMMUNIQUE_DATABASE_URL"]),
            "s3": settings["COMMUNIQUE_S3_ENDPOINT"],
            "broker": settings["COMMUNIQUE_KAFKA"],
        }

    def environment(self) -> dict[str, str]:
        """Return the COMMUNIQUE_* settings that the services of this stack run with."""
        return self.plan.settings()

    def up(self, programs: Collection[str] | None = None, *, tethered: bool = False) -> bool:
        """Start the programs (all, unless named) and return when they answer.

        Return False where they ran already. A tethered stack stops when the calling process ends,
        however it ends.
        """
        self.plan.check()
        wanted = self._selected(programs)
        with self._locked():
            facts = self.supervision.facts()
            missing = self._missing(wanted) if facts else wanted
            self._refuse_another_shape(facts)
            if facts and not missing:
                return False
            states = self.supervision.states() if facts else {}
            idle = [name for name in missing if states.get(name, {}).get("pid", 0) == 0]
            port_check.check(self.plan.ports, idle)
            try:
                if not facts:
                    self.supervision.start(self.plan, self.programs, tethered=tethered)
                self._launch().start(missing)
            except BaseException:
                if not facts:
                    self.supervision.stop()
                raise
        return True

    def down(self) -> bool:
        """Stop everything, wait until the ports are free, and say whether anything ran."""
        with self._locked():
            return self._down()

    def pid(self, program: str) -> int:
        """Return the id of a program's main process, 0 where it does not run."""
        return int(self.info(program)["pid"])

    def info(self, program: str) -> dict[str, Any]:
        """Return what supervisord says of a program."""
        states = self.supervision.states()
        if program not in states:
            raise StackError(f"{program} is not a program of a running stack.")
        return states[program]

    def kill(self, program: str) -> int:
        """Kill a program's main process with SIGKILL and return its id."""
        pid = self.pid(program)
        if pid == 0:
            raise StackError(f"{program} does not run, so it cannot be killed.")
        self._killed[program] = pid
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_running(self, program: str) -> None:
        """Return when a program runs and answers, after `kill` under a new process id."""
        killed = self._killed.pop(program, 0)
        self._launch().wait(program, other_than=killed)

    def restart(self, program: str) -> None:
        """Stop one program in an orderly way, start it again, and wait until it answers."""
        launch = self._launch()
        if self.info(program)["statename"] == "RUNNING":
            self.supervision.call("stopProcess", launch.qualified(program))
        launch.order(program)
        launch.wait(program)

    def _launch(self) -> Launch:
        return Launch(self.plan, self.programs, self.supervision, self.report)

    def _selected(self, names: Collection[str] | None) -> list[str]:
        chosen = set(self.programs if names is None else names)
        if unknown := chosen - set(self.programs):
            raise StackError(f"No such program: {', '.join(sorted(unknown))}.")
        return [name for name in self.programs if name in chosen - set(self.plan.replaced())]

    def _missing(self, wanted: list[str]) -> list[str]:
        states = self.supervision.states()
        return [name for name in wanted if states.get(name, {}).get("statename") != "RUNNING"]

    def _refuse_another_shape(self, facts: Mapping[str, Any]) -> None:
        plan = self.plan
        shape = {
            "broker": plan.broker,
            "offset": plan.ports.offset,
            "replaced": plan.replaced(),
        }
        for key, wanted in shape.items():
            if facts and facts[key] != wanted:
                raise StackError(
                    f"The stack is up with {key} {facts[key]}, and {wanted} is asked for: "
                    "run `make down` first."
                )

    def _down(self) -> bool:
        states = self.supervision.states()
        ours = [name for name, state in states.items() if state["pid"]]
        ran = self.supervision.stop()
        deadline = time.monotonic() + PORT_RELEASE_SECONDS
        while True:
            try:
                port_check.check(self.plan.ports, ours)
            except PortTaken:
                if time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE)
            else:
                return ran

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let no two commands change the same stack at once."""
        with (self.home.path / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
