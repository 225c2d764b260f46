# SPDX-License-Identifier: EUPL-1.2
"""Wait until a program answers, or say why it does not."""

import time
from typing import Any, Final

from local_stack.errors import NotReady, StackError
from local_stack.home import Home
from local_stack.plan import Plan
from local_stack.processes import tail
from local_stack.programs import Program
from local_stack.supervision import Supervision

DEADLINE: Final = 60.0
PATIENCE: Final = 8.0  # seconds that a program may fail to stay up before we give up on it
PAUSE: Final = 0.1


def answered(plan: Plan, program: Program) -> str | None:
    """Return None where the program answers, else the reason why not."""
    try:
        program.check(plan)
    except NotReady as error:
        return str(error)
    return None


def wait_until_ready(
    supervision: Supervision,
    plan: Plan,
    name: str,
    program: Program,
    *,
    other_than: int = 0,
) -> None:
    """Return when the program runs (under another process id than the given) and answers."""
    started = time.monotonic()
    failing_since: float | None = None
    while True:
        info = supervision.states().get(name, {})
        running = info.get("statename") == "RUNNING" and info.get("pid") not in {0, other_than}
        reason = answered(plan, program) if running else describe(info)
        if reason is None:
            return
        now = time.monotonic()
        if info.get("statename") in {"BACKOFF", "FATAL"}:
            failing_since = failing_since or now
        elif running:
            failing_since = None
        given_up = failing_since is not None and now - failing_since > PATIENCE
        if given_up or now - started > DEADLINE:
            raise NotReady(name, with_log(plan.home, name, reason))
        time.sleep(PAUSE)


def wait_for_replacement(plan: Plan, name: str, program: Program) -> None:
    """Return when a component that the caller brings along answers."""
    deadline = time.monotonic() + DEADLINE / 4
    while reason := answered(plan, program):
        if time.monotonic() > deadline:
            address = plan.replaced()[name]
            raise StackError(f"{name} at {address}, given in the environment: {reason}")
        time.sleep(PAUSE)


def describe(info: dict[str, Any]) -> str:
    """Return what supervisord says of a program that does not run."""
    return f"is {info.get('statename', 'unknown')}: {info.get('description', '')}"


def with_log(home: Home, name: str, reason: str) -> str:
    """Return the reason and the end of the program's log."""
    return f"does not answer: {reason}\nThe end of {home.log(name)}:\n{tail(home.log(name))}"
