# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from communique.errors import InvalidInput
from communique.events.envelope import EventType
from content_api.domain.errors import NotNow, Stale
from content_api.domain.states import State
from content_api.testing.builders import a_document, a_localization
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.retract import retract

NOTICES = {"vi": "Rút vì đăng nhầm.", "en": "Withdrawn: published in error."}


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def desk(store):
    return Desk(store.deps())


def test_a_retraction_is_a_version_with_notices(store, desk):
    article = desk.live(a_document())
    store.pass_time(timedelta(minutes=5))
    done = retract(article.id, NOTICES, desk.deps, caller="publisher", seen=1)
    assert (done.state, done.version) == (State.RETRACTED, 2)
    kind, announced = store.tables.outbox[-1]
    assert kind is EventType.ARTICLE_RETRACTED
    assert announced.locales["en"].correction_note == NOTICES["en"]
    assert all(stored.retracted for stored, _ in store.tables.published.values())


def test_it_withdraws_what_is_public_not_the_newest_draft(store, desk):
    article = desk.live(a_document())
    desk.save(article, a_document().with_locale("fr", a_localization(slug="semaine")))
    retract(article.id, NOTICES, desk.deps, caller="publisher", seen=2)
    assert set(store.tables.outbox[-1][1].locales) == {"vi", "en"}


def test_retracting_again_changes_nothing(store, desk):
    article = desk.live(a_document())
    done = retract(article.id, NOTICES, desk.deps, caller="publisher", seen=1)
    assert retract(article.id, NOTICES, desk.deps, caller="publisher", seen=1) == done
    assert len(store.tables.outbox) == 2


def test_without_the_source_notice_nothing_happens(store, desk):
    article = desk.live(a_document())
    with pytest.raises(InvalidInput):
        retract(article.id, {"en": "Withdrawn."}, desk.deps, caller="publisher", seen=1)
    assert len(store.tables.versions) == 1


def test_what_was_never_live_cannot_be_retracted(desk):
    article = desk.approved(a_document())
    with pytest.raises(NotNow):
        retract(article.id, NOTICES, desk.deps, caller="publisher", seen=1)


def test_it_needs_the_current_draft(desk):
    article = desk.live(a_document())
    with pytest.raises(Stale):
        retract(article.id, NOTICES, desk.deps, caller="publisher", seen=0)


def test_a_retracted_article_gets_no_more_drafts(desk):
    article = desk.live(a_document())
    done = retract(article.id, NOTICES, desk.deps, caller="publisher", seen=1)
    with pytest.raises(NotNow):
        desk.save(done, a_document())
