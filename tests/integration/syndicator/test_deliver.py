# SPDX-License-Identifier: EUPL-1.2
"""Deliveries through PostgreSQL: several workers, workers that die, channels that hang."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from communique.events.delivery import DeliveryState
from communique.events.envelope import EventType
from communique.testing.articles import a_correction, a_retraction, an_article
from syndicator.ports import DeliveryQuery
from syndicator.store.tables import deliveries, outbox
from syndicator.testing.builders import a_channel, a_social_channel
from syndicator.testing.fakes import FakePlatform
from syndicator.use_cases.apply_channels import Described, apply_channels
from syndicator.use_cases.deliver import deliver_next, recover_lost
from syndicator.use_cases.plan import plan_version
from syndicator.worker import Deliverer, Threads

ARTICLES = [f"01941f29-7c00-7000-8000-{number:012d}" for number in range(1, 13)]


class Killed(BaseException):
    """The process ends here."""


def publish(deps, *articles):
    for article in articles:
        plan_version(article, deps)


def bare(**changes):
    return an_article(media=(), **changes)


def rows(deps):
    with deps.begin() as work:
        return work.deliveries.search(DeliveryQuery(limit=1_000))


def states(deps):
    return {row.state for row in rows(deps)}


def until(condition, seconds=15):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def fast_forward(service, by=timedelta(minutes=1)):
    """Let every moment that a row waits for come sooner."""
    moments = {name: deliveries.c[name] - by for name in ("next_attempt_at", "sending_until")}
    with service.engine.begin() as connection:
        connection.execute(update(deliveries).values(**moments))


@pytest.fixture
def running():
    """Run deliverers until the test ends."""
    stop, threads = threading.Event(), []

    def run(deps, url, count=1):
        for _ in range(count):
            worker = Deliverer(deps, url, Threads(2, 8))
            threads.append(threading.Thread(target=worker.run, args=(stop,)))
            threads[-1].start()

    yield run
    stop.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_two_workers_deliver_everything_once_and_one_at_a_time(service, deps_with, running):
    platforms = {f"social-{number}": FakePlatform() for number in range(4)}
    under_way, most, lock = (
        dict.fromkeys(platforms, 0),
        dict.fromkeys(platforms, 0),
        threading.Lock(),
    )

    def watch(name):
        def keep(_order):
            with lock:
                under_way[name] += 1
                most[name] = max(most[name], under_way[name])
            time.sleep(0.01)
            with lock:
                under_way[name] -= 1

        return keep

    for name, platform in platforms.items():
        platform.keep = watch(name)
    deps = deps_with(platforms)
    apply_channels([Described(a_social_channel(name=name)) for name in platforms], "test", deps)
    publish(deps, *(bare(id=article) for article in ARTICLES))
    running(deps, service.settings.database_url, count=2)
    until(lambda: states(deps) == {DeliveryState.DELIVERED})
    for platform in platforms.values():
        assert sorted(order.article for order in platform.orders) == ARTICLES
    assert set(most.values()) == {1}


def test_a_hanging_channel_delays_nobody_else(service, deps_with, running):
    release = threading.Event()
    hanging = FakePlatform(keep=lambda _order: release.wait(10))
    platforms = {"slow": hanging, "quick": FakePlatform()}
    deps = deps_with(platforms)
    channels = [a_social_channel(name=name) for name in platforms] + [a_channel()]
    apply_channels([Described(channel) for channel in channels], "test", deps)
    running(deps, service.settings.database_url)
    began = time.monotonic()
    publish(deps, *(bare(id=article) for article in ARTICLES))

    def others():
        return {row.state for row in rows(deps) if row.channel != "slow"}

    until(lambda: others() == {DeliveryState.DELIVERED}, seconds=8)
    assert time.monotonic() - began < 8
    assert len(hanging.orders) == 1
    release.set()
    until(lambda: states(deps) == {DeliveryState.DELIVERED})


@pytest.mark.parametrize("done", [True, False])
def test_a_worker_that_dies_between_intent_and_outcome_never_posts_twice(service, deps_with, done):
    platform = FakePlatform()
    (platform.after if done else platform.before).append(Killed())
    deps = deps_with({"social-en": platform})
    apply_channels([Described(a_social_channel())], "test", deps)
    publish(deps, bare())
    with pytest.raises(Killed):
        deliver_next("social-en", deps)
    assert states(deps) == {DeliveryState.SENDING}
    assert not deliver_next("social-en", deps)
    for _ in range(4):
        fast_forward(service)
        recover_lost(deps)
        deliver_next("social-en", deps)
    assert states(deps) == {DeliveryState.DELIVERED}
    assert len(platform.live) == 1
    assert len(platform.orders) == (1 if done else 2)


def test_a_correction_and_a_retraction_close_every_row_and_are_told(service, deps_with, running):
    platform = FakePlatform()
    deps = deps_with({"social-en": platform})
    apply_channels([Described(a_social_channel()), Described(a_channel())], "test", deps)
    running(deps, service.settings.database_url)
    for version in (bare(), a_correction(media=()), a_retraction()):
        publish(deps, version)
        until(lambda: states(deps) == {DeliveryState.DELIVERED})
    assert {row.version for row in rows(deps)} == {3}
    assert platform.live == []
    with service.engine.connect() as connection:
        told = connection.execute(select(outbox.c.type, func.count()).group_by(outbox.c.type)).all()
    assert dict(tuple(each) for each in told) == {
        EventType.DELIVERY_DUE: 9,
        EventType.DELIVERY_SUCCEEDED: 6,
        EventType.DELIVERY_RETRACTED: 3,
    }


def test_an_article_is_delivered_as_soon_as_it_is_planned(service, deps_with, running):
    deps = deps_with({})
    apply_channels([Described(a_channel())], "test", deps)
    running(deps, service.settings.database_url)
    publish(deps, bare(id=ARTICLES[0]))
    until(lambda: states(deps) == {DeliveryState.DELIVERED})
    waits = []
    for article in ARTICLES[1:6]:
        began = time.monotonic()
        publish(deps, bare(id=article))
        until(lambda: states(deps) == {DeliveryState.DELIVERED})
        waits.append(time.monotonic() - began)
    assert sorted(waits)[2] < 0.8  # a second is the longest it sleeps without being woken


def test_a_version_is_planned_once_by_workers_that_race(deps_with):
    deps = deps_with({})
    apply_channels([Described(a_channel())], "test", deps)
    new = []
    threads = [
        threading.Thread(target=lambda: new.append(plan_version(bare(), deps))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [False] * 5 + [True]
    assert len(rows(deps)) == 2
