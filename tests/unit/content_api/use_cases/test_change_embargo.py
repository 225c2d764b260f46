# SPDX-License-Identifier: EUPL-1.2
"""An embargo is moved, lifted or given up; the press holds, is told, and gets no more."""

from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from communique.errors import InvalidInput
from communique.events.article import Audience, Revision
from communique.events.envelope import EventType
from content_api.domain.errors import NoLongerHeld, NoSuchArticle, NotApproved, NotNow, SlugTaken
from content_api.domain.states import State
from content_api.testing.builders import MOMENT, a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.change_embargo import cancel_schedule, lift_embargo, move_embargo
from content_api.use_cases.publish_due import publish_due
from content_api.use_cases.read_embargoed import list_embargoed, read_embargoed

UNTIL = MOMENT + timedelta(hours=1)
PRESS = a_document(embargo_until=UNTIL, audience=Audience.PRESS)


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def desk(store):
    return Desk(store.deps())


@pytest.fixture
def held(desk):
    return desk.publish(desk.approved(PRESS))


def act(verb, desk, article, *more):
    return verb(
        article.id, *more, "Asked for.", desk.deps, caller="publisher", seen=article.draft_number
    )


def told(store):
    return [
        (event.value, article.version, article.revision.value)
        for event, article in store.tables.embargoed_outbox
    ]


def test_the_press_holds_what_is_scheduled_and_nobody_else_does(store, desk, held):
    assert told(store) == [("article.published", 1, "original")]
    document = orjson.loads(read_embargoed(held.id, desk.deps).body)
    assert document["locales"]["vi"]["title"] == PRESS.locales["vi"].title
    assert (document["audience"], document["published_at"]) == ("press", "2026-03-02T03:30:00Z")
    assert (store.tables.outbox, store.tables.published, store.tables.versions) == ([], {}, {})


def test_the_press_holds_nothing_that_is_for_the_public_or_not_scheduled(store, desk):
    public = desk.publish(desk.approved(a_document(embargo_until=UNTIL)))
    desk.approved(replace(PRESS, urgency=1))
    assert (store.tables.embargoed, store.tables.embargoed_outbox) == ({}, [])
    with pytest.raises(NoSuchArticle):
        read_embargoed(public.id, desk.deps)


def test_a_later_draft_goes_to_the_press_once_it_is_approved(store, desk, held):
    saved = desk.save(held, replace(PRESS, urgency=1))
    assert len(told(store)) == 1
    desk.approve(saved)
    assert told(store)[-1] == ("article.updated", 2, "update")
    assert orjson.loads(read_embargoed(held.id, desk.deps).body)["urgency"] == 1


def test_a_note_in_each_changed_language_makes_it_a_correction(store, desk, held):
    text = replace(PRESS.locales["vi"], title="Đã sửa", correction_note="Tên sai.")
    desk.approve(desk.save(held, PRESS.with_locale("vi", text)))
    assert told(store)[-1] == ("article.corrected", 2, "correction")


def test_at_its_moment_the_press_is_told_and_the_public_begins_with_version_one(store, desk, held):
    desk.approve(desk.save(held, replace(PRESS, urgency=1)))
    store.pass_time(timedelta(hours=1))
    assert publish_due(held.id, store.deps()).version == 1
    assert told(store)[-1] == ("article.released", 3, "update")
    kind, public = store.tables.outbox[-1]
    assert (kind, public.version, public.urgency) == (EventType.ARTICLE_PUBLISHED, 1, 1)
    with pytest.raises(NoLongerHeld):
        read_embargoed(held.id, desk.deps)
    assert list_embargoed(desk.deps, before=None, limit=5) == ([], None)


def test_an_embargo_is_moved_without_a_new_draft(store, desk, held):
    later = UNTIL + timedelta(hours=1)
    moved = act(move_embargo, desk, held, later)
    assert (moved.state, moved.embargo_until, moved.draft_number) == (State.SCHEDULED, later, 1)
    assert act(move_embargo, desk, held, later) == moved
    assert told(store)[-1] == ("article.updated", 2, "update")
    assert store.tables.audit[-1][1] == "change-embargo"
    assert store.tables.audit[-1][3]["reason"] == "Asked for."
    store.pass_time(timedelta(hours=1))
    assert publish_due(held.id, store.deps()) is None
    store.pass_time(timedelta(hours=1))
    assert publish_due(held.id, store.deps()).late == timedelta(0)
    assert store.tables.outbox[-1][1].embargo_until == later


def test_a_draft_made_after_the_move_may_name_either_moment(desk, held):
    later = UNTIL + timedelta(hours=1)
    moved = act(move_embargo, desk, held, later)
    again = desk.save(moved, replace(PRESS, embargo_until=later))
    assert desk.save(again, replace(PRESS, embargo_until=later, urgency=1)).draft_number == 3


def test_an_embargo_lies_in_the_future(store, desk, held):
    with pytest.raises(InvalidInput) as refused:
        act(move_embargo, desk, held, MOMENT)
    assert set(refused.value.errors) == {"/embargo_until"}
    assert store.tables.articles[held.id].embargo_until == UNTIL


def test_an_embargo_is_lifted_early_with_its_reason(store, desk, held):
    live = act(lift_embargo, desk, held)
    assert (live.state, live.version) == (State.LIVE, 1)
    assert store.tables.outbox[-1][1].embargo_until == MOMENT
    assert [line[1] for line in store.tables.audit[-2:]] == ["lift-embargo", "publish"]
    assert store.tables.audit[-2][3] == {
        "draft": 1,
        "was": UNTIL.isoformat(),
        "reason": "Asked for.",
    }
    assert told(store)[-1][0] == "article.released"


def test_what_nobody_approved_is_not_lifted(desk, held):
    saved = desk.save(held, replace(PRESS, urgency=1))
    with pytest.raises(NotApproved):
        act(lift_embargo, desk, saved)


def test_a_schedule_is_given_up_and_the_press_told_why_without_the_text(store, desk, held):
    ended = act(cancel_schedule, desk, held)
    assert (ended.state, ended.embargo_until) == (State.APPROVED, None)
    event, article = store.tables.embargoed_outbox[-1]
    assert (event, article.revision) == (EventType.ARTICLE_RECALLED, Revision.RETRACTION)
    assert {text.correction_note for text in article.locales.values()} == {"Asked for."}
    assert not any(text.body for text in article.locales.values())
    with pytest.raises(NoLongerHeld):
        read_embargoed(held.id, desk.deps)
    desk.publish(ended)
    assert told(store)[-1] == ("article.updated", 3, "update")


def test_an_article_that_is_no_longer_for_the_press_is_recalled(store, desk, held):
    desk.approve(desk.save(held, replace(PRESS, audience=Audience.PUBLIC)))
    assert told(store)[-1][0] == "article.recalled"
    assert store.tables.articles[held.id].state is State.SCHEDULED


@pytest.mark.parametrize("verb", [lift_embargo, cancel_schedule])
def test_there_must_be_a_schedule(desk, verb):
    article = desk.approved(PRESS)
    with pytest.raises(NotNow):
        act(verb, desk, article)


def test_a_new_address_is_kept_as_soon_as_it_is_approved(desk, held):
    other = with_slugs(a_document(), "khac")
    desk.live(other.with_locale("vi", replace(other.locales["vi"], slug="moi")))
    text = replace(PRESS.locales["vi"], slug="moi")
    saved = desk.save(held, PRESS.with_locale("vi", text))
    with pytest.raises(SlugTaken):
        desk.approve(saved)


def test_the_press_pages_newest_first(desk):
    made = [desk.publish(desk.approved(with_slugs(PRESS, str(number)))).id for number in range(3)]
    first, following = list_embargoed(desk.deps, before=None, limit=2)
    rest, end = list_embargoed(desk.deps, before=following, limit=2)
    assert [held.article.id for held in (*first, *rest)] == sorted(made, reverse=True)
    assert end is None
