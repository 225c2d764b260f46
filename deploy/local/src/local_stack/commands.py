# SPDX-License-Identifier: EUPL-1.2
"""What the commands of `local-stack` do and print."""

import shutil
import signal
import time
from argparse import Namespace
from collections import deque
from typing import Final, NoReturn

from rich.console import Console
from rich.table import Table

from local_stack.follow import follow, log_files
from local_stack.home import Home
from local_stack.stack import Stack

DATA: Final = ("broker-kafka", "log", "platforms", "postgres", "run", "s3")
HOMES: Final = ("test*", "e2e", "bench")  # of stacks that tests and benchmarks start
FILES: Final = ("credentials.json", "lock", "s3.json", "secrets.json")


def up(stack: Stack, console: Console, arguments: Namespace) -> int:
    """Start in the background and return when everything answers."""
    started = time.monotonic()
    if not stack.up(arguments.programs or None):
        console.print("The stack is up already; nothing to do.")
        return 0
    console.print(f"Up in {time.monotonic() - started:.1f} s.")
    print_addresses(stack, console)
    return 0


def down(stack: Stack, console: Console, arguments: Namespace) -> int:
    """Stop everything."""
    del arguments
    console.print("Everything is stopped." if stack.down() else "Nothing was running.")
    return 0


def clean(stack: Stack, console: Console, arguments: Namespace) -> int:
    """Stop everything and delete the data of the stack, but not what was downloaded."""
    del arguments
    stack.down()
    for nested in (found for pattern in HOMES for found in stack.home.path.glob(pattern)):
        shutil.rmtree(nested, ignore_errors=True)
    for name in DATA:
        shutil.rmtree(stack.home.path / name, ignore_errors=True)
    for name in FILES:
        (stack.home.path / name).unlink(missing_ok=True)
    console.print(f"The data in {stack.home.path} is deleted.")
    return 0


def run(stack: Stack, console: Console, arguments: Namespace) -> int:
    """Run in the foreground with all logs until a signal comes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)  # SIGINT too: a shell lets its background jobs ignore it
    files = log_files(stack.home, stack.programs)
    try:
        if not stack.up(arguments.programs or None, tethered=True):
            console.print("The stack is up already in the background: see `local-stack logs`.")
            return 1
        print_addresses(stack, console)
        console.print("Ctrl-C stops everything.\n")
        follow(files, console, lambda: bool(stack.supervision.facts()))
        console.print("The stack was stopped from outside.")
    except KeyboardInterrupt:
        ignore_interrupts()
        console.print("\nStopping everything ...")
        stack.down()
        console.print("Everything is stopped.")
    return 0


def interrupt(number: int, frame: object) -> NoReturn:
    """Treat a signal like Ctrl-C."""
    del number, frame
    raise KeyboardInterrupt


def ignore_interrupts() -> None:
    """Let a second Ctrl-C not cut the stopping short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def status(stack: Stack, console: Console, arguments: Namespace) -> int:
    """Print what runs; the exit status says whether everything does."""
    del arguments
    states = stack.supervision.states()
    replaced = stack.plan.replaced()
    facts = stack.supervision.facts()
    if not states:
        console.print("The stack is not up.")
        return 1
    table = Table(title=f"broker {facts.get('broker')}, offset {facts.get('offset')}", box=None)
    for heading in ("program", "state", "pid", "since", "ports"):
        table.add_column(heading)
    running = True
    for name in stack.programs:
        state = states[name]
        up_now = state["statename"] == "RUNNING"
        running = running and (up_now or name in replaced)
        ports = " ".join(str(port) for port in stack.plan.ports.of(name).values())
        since = f"{state['now'] - state['start']} s" if up_now else ""
        shown = "replaced" if name in replaced else state["statename"]
        table.add_row(name, shown, str(state["pid"] or ""), since, ports)
    console.print(table)
    return 0 if running else 1


def logs(stack: Stack, console: Console, arguments: Namespace) -> int:
    """Print the last lines of one log or of all, and what is added to them."""
    names = [arguments.program] if arguments.program else list(stack.programs)
    files = log_files(stack.home, names)
    for name in names:
        for line in last_lines(stack.home, name, arguments.lines):
            console.print(f"{name} | {line}", soft_wrap=True, highlight=False, markup=False)
    if arguments.follow:
        follow(files, console, lambda: True)
    return 0


def last_lines(home: Home, name: str, lines: int) -> list[str]:
    """Return the last lines of a log; none where there is no log."""
    try:
        with home.log(name).open(encoding="utf-8", errors="replace") as log:
            return [line.rstrip("\n") for line in deque(log, lines)]
    except FileNotFoundError:
        return []


def restart(stack: Stack, console: Console, arguments: Namespace) -> int:
    """Restart one program."""
    stack.restart(arguments.program)
    pid = stack.pid(arguments.program)
    console.print(f"{arguments.program} runs again as process {pid}.")
    return 0


def print_addresses(stack: Stack, console: Console) -> None:
    """Print where everything answers, and a request that can be pasted."""
    for name, address in stack.addresses.items():
        console.print(f"  {name:<12} {address}", highlight=False, soft_wrap=True)
    console.print(f"  {'keys':<12} {stack.home.path / 'credentials.json'}", soft_wrap=True)
    url = f"{stack.addresses['content-api']}/v1/articles?locale=vi"
    header = f"Authorization: Bearer {stack.credentials['reader']}"
    console.print(f"\n  curl -H '{header}' '{url}'\n", highlight=False, soft_wrap=True)
