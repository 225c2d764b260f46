# SPDX-License-Identifier: EUPL-1.2
"""Scheduled articles go live at their moment by the database's clock: never early, hardly late."""

import threading
import time
from datetime import timedelta

import pytest

from communique import db
from communique.events.article import Audience
from communique.supervise import Health, keep_running
from content_api.domain.states import State
from content_api.testing.builders import a_document, with_slugs


@pytest.fixture
def clock(service):
    """The database's clock."""

    def now():
        with service.engine.connect() as connection:
            return db.now(connection)

    return now


@pytest.fixture
def schedulers(service):
    """Two schedulers at once."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=keep_running, args=("scheduler", loop, stop, Health()))
        for loop in (service.loops()["scheduler"], service.loops()["scheduler"])
    ]
    for thread in threads:
        thread.start()
    yield threads
    stop.set()
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()


def wait_live(service, article, seconds=10):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with service.deps.unit_of_work() as unit:
            found = unit.articles.get(article.id)
        if found.state is State.LIVE:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not go live in time")


@pytest.mark.parametrize("audience", list(Audience))
def test_never_early_and_late_by_less_than_a_second(
    service, desk, clock, schedulers, sql, audience
):
    until = clock() + timedelta(seconds=1.5)
    document = a_document(embargo_until=until, audience=audience)
    article = desk.publish(desk.approved(document))
    while clock() < until - timedelta(milliseconds=50):
        assert service.shelf.find(article.id) == {}
        assert service.shelf.by_slug("vi", "khai-mac-tuan-le-van-hoa") is None
        public = "SELECT count(*) FROM content_api.outbox WHERE topic = 'communique.articles'"
        assert sql(public).fetchone() == (0,)
        time.sleep(0.02)
    live = wait_live(service, article)
    assert timedelta(0) <= live.published_at - until < timedelta(seconds=1)
    assert service.shelf.get(article.id, "vi") is not None
    late = sql("SELECT details->'late_seconds' FROM content_api.audit WHERE action = 'release'")
    assert [0 <= row[0] < 1 for row in late.fetchall()] == [True]


def test_a_sooner_article_is_not_held_up_by_a_later_one(service, desk, clock, schedulers):
    later = a_document(embargo_until=clock() + timedelta(hours=1))
    desk.publish(desk.approved(with_slugs(later, "sau")))
    time.sleep(0.3)
    until = clock() + timedelta(seconds=0.5)
    article = desk.publish(desk.approved(a_document(embargo_until=until)))
    assert wait_live(service, article).published_at - until < timedelta(seconds=1)


def test_what_became_due_while_no_scheduler_ran_is_published(service, desk, clock, request):
    until = clock() + timedelta(seconds=0.2)
    article = desk.publish(desk.approved(a_document(embargo_until=until)))
    time.sleep(0.4)
    assert service.shelf.find(article.id) == {}
    request.getfixturevalue("schedulers")
    wait_live(service, article)


def test_the_lease_passes_on_when_its_holder_loses_its_connection(
    service, desk, clock, schedulers, sql
):
    time.sleep(0.5)
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    until = clock() + timedelta(seconds=1.5)
    article = desk.publish(desk.approved(a_document(embargo_until=until)))
    assert wait_live(service, article).published_at - until < timedelta(seconds=1)
