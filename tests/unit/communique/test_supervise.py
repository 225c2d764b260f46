# SPDX-License-Identifier: EUPL-1.2
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from prometheus_client import REGISTRY

from communique import supervise
from communique.supervise import Health, keep_running


@pytest.fixture
def waits(monkeypatch):
    """Record how long each wait would have been, and do not wait."""
    seen = []

    class Event(threading.Event):
        def wait(self, timeout=None):
            seen.append(timeout)
            return self.is_set()

    stop = Event()
    return stop, seen


def test_a_crashed_loop_is_started_again_waiting_longer_each_time(waits):
    stop, seen = waits
    runs = []

    def loop(stopping):
        runs.append(1)
        if len(runs) == 8:
            stopping.set()
            return
        raise RuntimeError("crashed")

    keep_running("relay", loop, stop, Health())
    assert len(runs) == 8
    assert seen == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


def test_a_loop_that_ran_for_long_is_started_again_soon(waits, monkeypatch):
    stop, seen = waits
    monkeypatch.setattr(supervise, "_AT_ONCE", -1.0)
    runs = []

    def loop(stopping):
        runs.append(1)
        if len(runs) == 5:
            stopping.set()
        raise RuntimeError("crashed")

    keep_running("relay", loop, stop, Health())
    assert set(seen) == {0.2}


def test_restarts_are_counted(waits):
    stop, _ = waits
    labels = {"loop": "counted"}
    before = REGISTRY.get_sample_value("communique_loop_restarts_total", labels) or 0

    def loop(stopping):
        stopping.set()
        raise RuntimeError("crashed")

    keep_running("counted", loop, stop, Health())
    assert REGISTRY.get_sample_value("communique_loop_restarts_total", labels) == before + 1


def test_a_loop_is_ready_while_it_runs_and_not_while_it_waits(waits):
    stop, _ = waits
    health = Health({"relay": False})
    assert not health.ready()
    while_running = []

    def loop(stopping):
        while_running.append(health.ready())
        stopping.set()

    keep_running("relay", loop, stop, health)
    assert while_running == [True]
    assert not health.ready()


def test_a_loop_is_not_run_when_it_is_to_stop():
    stop = threading.Event()
    stop.set()
    keep_running("relay", lambda _: pytest.fail("was run"), stop, Health())


WORKER = """
import sys, threading, time
from communique import supervise
supervise._GRACE = 1.0

def good(stop):
    print("started", flush=True)
    stop.wait()

def deaf(stop):
    time.sleep(60)

def crashing(stop):
    raise RuntimeError("crashed")

loops = {"good": good, "crashing": crashing}
if "deaf" in sys.argv:
    loops |= {"deaf": deaf, "deafer": deaf}
sys.exit(supervise.run_loops(loops))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(("arguments", "most"), [([], 1.0), (["deaf"], 2.0)])
def test_a_signal_stops_all_loops_within_one_deadline(number, arguments, most):
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        while "started" not in worker.stdout.readline():
            assert worker.poll() is None
        began = time.monotonic()
        os.kill(worker.pid, number)
        assert worker.wait(10) == 0
        assert time.monotonic() - began < most + 1.0
    finally:
        worker.kill()
        worker.communicate()
