# SPDX-License-Identifier: EUPL-1.2
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from local_stack.errors import NotReady
from local_stack.processes import guarded
from local_stack.programs import COMPONENTS, Program

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {STUBBORN!r}])"


def program(source):
    return Program(lambda _: guarded([sys.executable, "-c", source]), "components")


def ended(processes, within=10.0):
    """Say whether all processes end in time, and kill what is left for the sake of others."""
    _, left = psutil.wait_procs(processes, timeout=within)
    for process in left:
        process.kill()
    return not left


@pytest.fixture
def started(fresh, family):
    """A running stand-in with a child that ignores SIGTERM, and all processes around it."""
    fresh.programs = {"broker": program(PARENT)}
    fresh.up(tethered=True)
    deadline = time.monotonic() + 10
    while len(family(fresh)) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    return family(fresh)


def test_components_end_when_supervisord_is_killed(fresh, family):
    fresh.up(COMPONENTS, tethered=True)
    processes = family(fresh)
    os.kill(fresh.supervision.call("getPID"), signal.SIGKILL)
    assert ended(processes)


def test_even_a_stubborn_grandchild_ends_when_supervisord_is_killed(fresh, started):
    assert len(started) == 4
    os.kill(fresh.supervision.call("getPID"), signal.SIGKILL)
    assert ended(started)


def test_components_end_when_the_keeper_is_killed(fresh, family):
    fresh.up(COMPONENTS, tethered=True)
    keeper, *others = family(fresh)
    keeper.kill()
    assert ended(others)


def test_a_killed_program_leaves_no_child_behind_while_the_stack_goes_on(fresh, started):
    keeper, supervisord, _, grandchild = started
    fresh.kill("broker")
    fresh.wait_running("broker")
    assert ended([grandchild])
    assert keeper.is_running()
    assert supervisord.is_running()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_run_leaves_nothing_behind(fresh, family, number):
    offset = str(fresh.plan.ports.offset)
    command = [
        "-m",
        "local_stack",
        "--home",
        fresh.home.path,
        "--offset",
        offset,
        "run",
        "postgres",
    ]
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            if "Ctrl-C" in line:
                break
        processes = family(fresh)
        assert len(processes) > 3
        started = time.monotonic()
        run.send_signal(number)
        run.stdout.read()
    assert run.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    assert ended(processes, within=10 - (time.monotonic() - started))


def test_a_program_that_cannot_start_is_reported_with_its_log_and_all_is_stopped(fresh):
    fresh.programs = {"broker": program("raise SystemExit('no such luck')")}
    with pytest.raises(NotReady, match="no such luck"):
        fresh.up(tethered=True)
    assert not fresh.supervision.facts()
