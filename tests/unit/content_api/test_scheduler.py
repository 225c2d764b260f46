# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest
from sqlalchemy import create_mock_engine

from content_api.domain.states import State
from content_api.scheduler import Scheduler
from content_api.testing.builders import MOMENT, a_document
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def scheduler(store):
    return Scheduler(create_mock_engine("postgresql+psycopg://", None), "", "", store.deps())


@pytest.fixture
def article(store):
    desk = Desk(store.deps())
    document = a_document(embargo_until=MOMENT + timedelta(seconds=0.4))
    return desk.publish(desk.approved(document))


def test_it_waits_for_the_next_moment_but_looks_every_second(store, scheduler, article):
    assert scheduler.step() == pytest.approx(0.4)
    store.pass_time(timedelta(seconds=0.4))
    assert scheduler.step() == 0
    assert store.tables.articles[article.id].state is State.LIVE
    assert scheduler.step() == 1


def test_a_refused_article_is_tried_again_after_a_while(store, scheduler, article):
    store.tables.slugs = dict.fromkeys(store.tables.slugs, "another")
    store.pass_time(timedelta(seconds=1))
    assert scheduler.step() == 1
    assert store.tables.articles[article.id].state is State.SCHEDULED
    assert store.tables.outbox == []
