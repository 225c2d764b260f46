# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from content_api.domain.states import State
from content_api.testing.builders import MOMENT, a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.publish_due import (
    Agenda,
    Kind,
    Waiting,
    next_release,
    publish_due,
)

IN_A_MINUTE = MOMENT + timedelta(minutes=1)


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def scheduled(store):
    desk = Desk(store.deps())
    return desk.publish(desk.approved(a_document(embargo_until=IN_A_MINUTE)))


def test_nothing_is_due_before_its_moment(store, scheduled):
    store.pass_time(timedelta(seconds=59, microseconds=999_999))
    assert next_release(store.deps()) == Agenda((), timedelta(microseconds=1), 0)
    assert publish_due(scheduled.id, store.deps()) is None
    assert store.tables.outbox == []


def test_at_its_moment_it_goes_live_and_lateness_is_recorded(store, scheduled):
    store.pass_time(timedelta(minutes=1, milliseconds=40))
    assert next_release(store.deps()).due == (Waiting(Kind.ARTICLE, scheduled.id),)
    released = publish_due(scheduled.id, store.deps())
    assert (released.version, released.late) == (1, timedelta(milliseconds=40))
    assert store.tables.articles[scheduled.id].state is State.LIVE
    assert store.tables.audit[-2][:2] == ("publisher", "publish")
    assert store.tables.audit[-1][3] == {"version": 1, "late_seconds": 0.04}


def test_it_goes_live_once(store, scheduled):
    store.pass_time(timedelta(minutes=2))
    assert publish_due(scheduled.id, store.deps()) is not None
    assert publish_due(scheduled.id, store.deps()) is None
    assert len(store.tables.outbox) == 1


def test_what_was_changed_meanwhile_stays_where_it_is(store, scheduled):
    Desk(store.deps()).save(scheduled, a_document(embargo_until=IN_A_MINUTE))
    store.pass_time(timedelta(minutes=2))
    assert publish_due(scheduled.id, store.deps()) is None
    assert next_release(store.deps()) == Agenda((), None, 1)


def test_once_it_is_approved_again_it_goes_out(store, scheduled):
    desk = Desk(store.deps())
    changed = desk.save(scheduled, a_document(embargo_until=IN_A_MINUTE, urgency=1))
    store.pass_time(timedelta(minutes=2))
    desk.approve(changed)
    assert publish_due(scheduled.id, store.deps()).late == timedelta(minutes=1)
    assert store.tables.outbox[-1][1].urgency == 1


def test_with_nothing_scheduled_there_is_no_next_moment(store):
    assert next_release(store.deps()) == Agenda((), None, 0)


def test_the_earliest_comes_first(store, scheduled):
    desk = Desk(store.deps())
    sooner = with_slugs(a_document(embargo_until=MOMENT + timedelta(seconds=5)), "som")
    first = desk.publish(desk.approved(sooner))
    store.pass_time(timedelta(minutes=2))
    assert [each.id for each in next_release(store.deps()).due] == [first.id, scheduled.id]
