# SPDX-License-Identifier: EUPL-1.2
"""The whole stack as one object, for the command line, the demo and the tests."""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from local_stack import bootstrap, port_check
from local_stack.addresses import Ports, printable
from local_stack.credentials import Credentials, load_credentials, load_secrets
from local_stack.errors import StackError
from local_stack.home import Home
from local_stack.plan import Plan
from local_stack.programs import COMPONENTS, Program, programs
from local_stack.supervision import Supervision
from local_stack.waiting import wait_for_replacement, wait_until_ready

PORT_RELEASE_SECONDS: Final = 5.0


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
            port_check.check(self.plan.ports, missing)
            try:
                if not facts:
                    self.supervision.start(self.plan, self.programs, tethered=tethered)
                self._start(missing)
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
        self._wait(program, other_than=killed)

    def restart(self, program: str) -> None:
        """Stop one program in an orderly way, start it again, and wait until it answers."""
        name = self._qualified(program)
        if self.info(program)["statename"] == "RUNNING":
            self.supervision.call("stopProcess", name)
        self.supervision.call("startProcess", name, False)
        self._wait(program)

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

    def _start(self, missing: list[str]) -> None:
        needed = {*missing, *self.plan.replaced()}
        components: list[str] = [name for name in COMPONENTS if name in needed]
        services = [name for name in missing if name not in COMPONENTS]
        with ThreadPoolExecutor(len(COMPONENTS) + 1) as pool:
            jobs: dict[str, Future[None]] = {}
            for name in components:
                after = [jobs[other] for other in self.programs[name].after if other in jobs]
                jobs[name] = pool.submit(self._start_component, name, after)
            if services:
                pool.submit(self._set_up, [jobs[n] for n in jobs if n == "postgres"]).result()
            for job in jobs.values():
                job.result()
        for name in services:
            self._order(name)
        for name in services:
            self._wait(name)
            self.report(f"{name} is ready")

    def _start_component(self, name: str, after: list[Future[None]]) -> None:
        for job in after:
            job.result()
        program = self.programs[name]
        if name in self.plan.replaced():
            wait_for_replacement(self.plan, name, program)
            self.report(f"{name} is {printable(self.plan.replaced()[name])}")
            return
        program.prepare(self.plan)
        self._order(name)
        self._wait(name)
        self.report(f"{name} is ready")

    def _set_up(self, after: list[Future[None]]) -> None:
        for job in after:
            job.result()
        bootstrap.migrate(self.plan)
        bootstrap.register_keys(self.plan)
        self.report("schemas and keys are ready")

    def _order(self, name: str) -> None:
        self.report(f"{name} is starting")
        self.supervision.call("startProcess", self._qualified(name), False)

    def _wait(self, name: str, *, other_than: int = 0) -> None:
        program = self.programs[name]
        wait_until_ready(self.supervision, self.plan, name, program, other_than=other_than)

    def _qualified(self, name: str) -> str:
        return f"{self.programs[name].group}:{name}"

    def _down(self) -> bool:
        ran = self.supervision.stop()
        deadline = time.monotonic() + PORT_RELEASE_SECONDS
        ports = [port for name in self.programs for port in self.plan.ports.of(name).values()]
        while ran and not all(port_check.free(port) for port in ports):
            if time.monotonic() > deadline:
                port_check.check(self.plan.ports, self._selected(None))
                break
            time.sleep(0.05)
        return ran

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let no two commands change the same stack at once."""
        with (self.home.path / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
