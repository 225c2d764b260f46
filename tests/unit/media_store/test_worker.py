# SPDX-License-Identifier: EUPL-1.2
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from communique.errors import Unavailable
from communique.events.media import AssetState
from media_store.domain.profiles import Size
from media_store.testing.builders import a_world, an_asset
from media_store.testing.memory import FakeImages
from media_store.worker import RenditionLoop

SHORT = timedelta(milliseconds=150)


class SlowImages(FakeImages):
    """Takes longer than a lease, and looks meanwhile whether others could take the work."""

    def __init__(self, world):
        super().__init__(Size(1_600, 1_200))
        self.world = world
        self.others = []

    def make(self, source, directory, order):
        for _ in range(10):
            time.sleep(0.05)
            with self.world.deps.unit_of_work() as work:
                self.others.append(work.assets.claim(SHORT))
        return super().make(source, directory, order)


@pytest.fixture
def world():
    return a_world()


def given(world):
    asset = an_asset()
    world.blobs.objects[asset.key] = b"original"
    with world.deps.unit_of_work() as work:
        work.assets.add(asset)
    return asset


def present(world, asset):
    with world.deps.unit_of_work() as work:
        return work.assets.get(asset.id)


def test_one_step_makes_one_asset(world):
    first, second = given(world), given(world)
    loop = RenditionLoop(world.deps, timedelta(minutes=1))
    assert loop.step()
    assert present(world, first).state is AssetState.READY
    assert present(world, second).state is AssetState.RECEIVED
    assert loop.step()
    assert not loop.step()


def test_a_claim_is_kept_for_as_long_as_the_work_takes(world):
    asset = given(world)
    images = SlowImages(world)
    assert RenditionLoop(replace(world.deps, images=images), SHORT).step()
    assert images.others == [None] * 10
    assert present(world, asset).state is AssetState.READY


def test_the_loop_ends_when_told(world):
    asset = given(world)
    stop = threading.Event()
    thread = threading.Thread(target=RenditionLoop(world.deps, SHORT).run, args=(stop,))
    thread.start()
    while present(world, asset).state is not AssetState.READY:
        time.sleep(0.01)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


def test_a_storage_that_is_away_stops_the_loop_for_the_supervisor(world):
    given(world)
    world.blobs.away = True
    with pytest.raises(Unavailable):
        RenditionLoop(world.deps, SHORT).step()


class Keeperless:
    """A database that the thread which renews cannot reach while `away` says so."""

    def __init__(self, database, away):
        self.database = database
        self.away = away
        self.calls = 0

    def unit_of_work(self):
        if threading.current_thread() is not threading.main_thread():
            self.calls += 1
            if self.away(self.calls):
                raise Unavailable("The database does not answer.")
        return self.database.unit_of_work()


def test_a_database_that_is_away_for_a_moment_costs_no_claim(world):
    asset = given(world)
    database = Keeperless(world.database, away=lambda call: call == 1)
    deps = replace(world.deps, images=SlowImages(world), unit_of_work=database.unit_of_work)
    assert RenditionLoop(deps, timedelta(milliseconds=400)).step()
    assert database.calls > 1
    assert present(world, asset).state is AssetState.READY


def test_a_worker_that_lost_its_claim_changes_nothing(world):
    class Overtaken(FakeImages):
        """Waits until another worker has the claim, and until the keeper has seen that."""

        def make(self, source, directory, order):
            while not others:
                time.sleep(0.01)
                with world.deps.unit_of_work() as work:
                    claim = work.assets.claim(timedelta(minutes=1))
                    others.extend([claim] if claim else [])
            time.sleep(0.2)
            return super().make(source, directory, order)

    others = []
    asset = given(world)
    database = Keeperless(world.database, away=lambda _: not others)
    images = Overtaken(Size(1_600, 1_200))
    deps = replace(world.deps, images=images, unit_of_work=database.unit_of_work)
    assert RenditionLoop(deps, SHORT).step()
    assert present(world, asset).state is AssetState.SCANNING
    with world.deps.unit_of_work() as work:
        assert work.assets.held(others[0]) is not None
