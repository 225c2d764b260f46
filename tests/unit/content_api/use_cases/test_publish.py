# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import timedelta

import pytest

from communique.errors import InvalidInput
from communique.events.article import Revision
from communique.events.envelope import EventType
from content_api.domain.errors import NoSuchArticle, NotApproved, NotNow, SlugTaken, Stale
from content_api.domain.states import State
from content_api.testing.builders import MOMENT, a_document, a_localization, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.publish import correct, publish

TOMORROW = MOMENT + timedelta(days=1)


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def desk(store):
    return Desk(store.deps())


def corrected(text, **changes):
    return replace(text, title="Đã sửa", correction_note="Con số trước đây sai.", **changes)


def test_the_first_publication_is_version_one_and_announced(store, desk):
    article = desk.live(a_document())
    assert (article.state, article.version) == (State.LIVE, 1)
    assert article.first_published_at == article.published_at == MOMENT
    [(kind, announced)] = store.tables.outbox
    assert (kind, announced.revision) == (EventType.ARTICLE_PUBLISHED, Revision.ORIGINAL)
    assert announced.id == article.id


def test_publishing_what_is_public_changes_nothing(store, desk):
    article = desk.live(a_document())
    before = (dict(store.tables.versions), list(store.tables.audit))
    assert desk.publish(article) == article
    assert (store.tables.versions, store.tables.audit) == before


def test_a_later_publication_is_an_update_and_keeps_the_first_moment(store, desk):
    article = desk.live(a_document())
    store.pass_time(timedelta(hours=1))
    later = desk.publish(desk.approve(desk.save(article, a_document(urgency=2))))
    assert (later.version, later.first_published_at) == (2, MOMENT)
    assert later.published_at == MOMENT + timedelta(hours=1)
    assert store.tables.outbox[-1][0] is EventType.ARTICLE_UPDATED


def test_only_an_approved_draft_is_published(store, desk):
    article = desk.create(a_document())
    with pytest.raises(NotApproved):
        desk.publish(article)
    assert store.tables.outbox == []


def test_a_new_draft_loses_the_approval(desk):
    article = desk.save(desk.approved(a_document()), a_document(urgency=2))
    assert article.state is State.DRAFT
    with pytest.raises(NotApproved):
        desk.publish(article)


def test_what_was_not_seen_is_not_published(desk):
    article = desk.approved(a_document())
    with pytest.raises(Stale) as refused:
        publish(article.id, desk.deps, caller="publisher", seen=7)
    assert refused.value.headers == {"ETag": '"d1"'}


def test_an_unknown_article_is_not_found(desk):
    with pytest.raises(NoSuchArticle):
        publish("01941f29-7c00-7000-8000-00000000ffff", desk.deps, caller="x", seen=1)


def test_an_address_belongs_to_one_article_for_good(store, desk):
    desk.live(a_document())
    other = desk.approved(a_document())
    with pytest.raises(SlugTaken) as refused:
        desk.publish(other)
    assert set(refused.value.errors) == {"/locales/vi/slug", "/locales/en/slug"}
    assert len(store.tables.outbox) == 1


def test_an_embargo_in_the_future_schedules_and_wakes_the_scheduler(store, desk):
    article = desk.publish(desk.approved(a_document(embargo_until=TOMORROW)))
    assert (article.state, article.version) == (State.SCHEDULED, 0)
    assert article.embargo_until == TOMORROW
    assert (store.woken, store.tables.outbox, store.tables.published) == (1, [], {})


def test_scheduling_twice_changes_nothing(store, desk):
    article = desk.publish(desk.approved(a_document(embargo_until=TOMORROW)))
    assert desk.publish(article) == article
    assert store.woken == 1


def test_a_scheduled_article_keeps_its_addresses(desk):
    desk.publish(desk.approved(a_document(embargo_until=TOMORROW)))
    with pytest.raises(SlugTaken):
        desk.live(a_document())


def test_a_new_draft_of_a_scheduled_article_keeps_the_schedule(desk):
    article = desk.publish(desk.approved(a_document(embargo_until=TOMORROW)))
    saved = desk.save(article, a_document(embargo_until=TOMORROW, urgency=1))
    assert (saved.state, saved.embargo_until) == (State.SCHEDULED, TOMORROW)
    assert (saved.approved, saved.scheduled_by) == (False, "publisher")
    assert desk.approve(saved).approved


@pytest.mark.parametrize("until", [None, TOMORROW + timedelta(hours=1)])
def test_a_draft_does_not_move_a_schedule_by_the_way(store, desk, until):
    article = desk.publish(desk.approved(a_document(embargo_until=TOMORROW)))
    with pytest.raises(InvalidInput) as refused:
        desk.save(article, a_document(embargo_until=until))
    assert set(refused.value.errors) == {"/embargo_until"}
    assert len(store.tables.drafts) == 1


def test_an_embargo_that_has_lifted_publishes_at_once(desk):
    article = desk.publish(desk.approved(a_document(embargo_until=MOMENT)))
    assert article.state is State.LIVE


@pytest.mark.parametrize("how", [publish, correct])
def test_what_is_live_cannot_be_put_under_embargo(store, desk, how):
    article = desk.live(a_document())
    ready = desk.approve(desk.save(article, a_document(embargo_until=TOMORROW)))
    with pytest.raises(InvalidInput) as refused:
        how(ready.id, desk.deps, caller="publisher", seen=2)
    assert set(refused.value.errors) == {"/embargo_until"}
    assert len(store.tables.outbox) == 1


def test_a_correction_says_so(store, desk):
    article = desk.live(a_document())
    text = corrected(a_document().locales["vi"])
    done = desk.correct(article, a_document().with_locale("vi", text))
    kind, announced = store.tables.outbox[-1]
    assert (kind, announced.revision) == (EventType.ARTICLE_CORRECTED, Revision.CORRECTION)
    assert announced.locales["vi"].correction_note == "Con số trước đây sai."
    assert correct(done.id, desk.deps, caller="publisher", seen=2) == done
    assert len(store.tables.outbox) == 2


def test_a_correction_without_note_is_refused_and_nothing_is_written(store, desk):
    article = desk.live(a_document())
    text = replace(a_document().locales["vi"], title="Đã sửa")
    with pytest.raises(InvalidInput) as refused:
        desk.correct(article, a_document().with_locale("vi", text))
    assert set(refused.value.errors) == {"/locales/vi/correction_note"}
    assert len(store.tables.versions) == 1


def test_only_what_is_live_can_be_corrected(desk):
    article = desk.approved(a_document())
    with pytest.raises(NotNow):
        correct(article.id, desk.deps, caller="publisher", seen=1)


def test_a_language_that_is_taken_out_is_no_longer_public(store, desk):
    article = desk.live(a_document().with_locale("fr", a_localization(slug="semaine")))
    assert (article.id, "fr") in store.tables.published
    desk.publish(desk.approve(desk.save(article, a_document())))
    assert (article.id, "fr") not in store.tables.published


def test_an_article_may_change_its_address(desk):
    article = desk.live(a_document())
    moved = desk.publish(desk.approve(desk.save(article, with_slugs(a_document(), "moi"))))
    assert moved.version == 2
