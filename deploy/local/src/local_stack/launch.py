# SPDX-License-Identifier: EUPL-1.2
"""Start programs in the order in which they need each other, and wait until they answer."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from local_stack import bootstrap
from local_stack.addresses import printable
from local_stack.plan import Plan
from local_stack.programs import COMPONENTS, Program
from local_stack.supervision import Supervision
from local_stack.waiting import wait_for_replacement, wait_until_ready


@dataclass(frozen=True, slots=True)
class Launch:
    """The way from a supervisord without programs to a stack that answers."""

    plan: Plan
    programs: Mapping[str, Program]
    supervision: Supervision
    report: Callable[[str], None]

    def start(self, missing: Collection[str]) -> None:
        """Start components side by side, then set up the database, then start the services."""
        needed = {*missing, *self.plan.replaced()}
        components: list[str] = [name for name in COMPONENTS if name in needed]
        services = [name for name in missing if name not in COMPONENTS]
        with ThreadPoolExecutor(len(COMPONENTS) + 1) as pool:
            jobs: dict[str, Future[None]] = {}
            for name in components:
                after = [jobs[other] for other in self.programs[name].after if other in jobs]
                jobs[name] = pool.submit(self.start_component, name, after)
            if services:
                databases = [job for name, job in jobs.items() if name == "postgres"]
                jobs["schemas and keys"] = pool.submit(self.set_up, databases)
            for job in jobs.values():
                job.result()
        for name in services:
            self.programs[name].prepare(self.plan)
            self.order(name)
        for name in services:
            self.wait(name)
            self.report(f"{name} is ready")

    def start_component(self, name: str, after: Collection[Future[None]]) -> None:
        """Start one component when those that it needs answer."""
        for job in after:
            job.result()
        program = self.programs[name]
        if name in self.plan.replaced():
            wait_for_replacement(self.plan, name, program)
            self.report(f"{name} is {printable(self.plan.replaced()[name])}")
            return
        program.prepare(self.plan)
        self.order(name)
        self.wait(name)
        self.report(f"{name} is ready")

    def set_up(self, after: Collection[Future[None]]) -> None:
        """Bring schemas and keys into the database."""
        for job in after:
            job.result()
        bootstrap.migrate(self.plan)
        bootstrap.register_keys(self.plan)
        self.report("schemas and keys are ready")

    def order(self, name: str) -> None:
        """Have supervisord start a program, unless it tries already; do not wait."""
        if self.supervision.states().get(name, {}).get("statename") in {"STARTING", "BACKOFF"}:
            return
        self.report(f"{name} is starting")
        wait = False
        self.supervision.call("startProcess", self.qualified(name), wait)

    def wait(self, name: str, *, other_than: int = 0) -> None:
        """Wait until a program answers."""
        program = self.programs[name]
        wait_until_ready(self.supervision, self.plan, name, program, other_than=other_than)

    def qualified(self, name: str) -> str:
        """Return the name by which supervisord knows a program."""
        return f"{self.programs[name].group}:{name}"
