# SPDX-License-Identifier: EUPL-1.2
"""One language goes up, comes down and goes up again; no stored byte of another changes."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from communique.errors import InvalidInput
from communique.events.article import (
    Image,
    MediaRole,
    MediaUse,
    Revision,
    Speaker,
)
from communique.events.envelope import EventType
from communique.ids import new_id
from content_api.domain.errors import (
    FourEyes,
    NoSuchLocale,
    NotApprovedLocale,
    NothingToPublish,
    NotNow,
    SlugTaken,
    UnknownAssets,
    Withdrawn,
)
from content_api.domain.finished import WHOLE
from content_api.domain.locale_life import LocaleState
from content_api.domain.states import State
from content_api.testing.builders import MOMENT, a_document, a_localization
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.inspect_locales import list_locales
from content_api.use_cases.publish_due import Kind, Waiting, next_release, publish_waiting
from content_api.use_cases.publish_locale import (
    correct_locale,
    publish_locale,
    schedule_locale,
    unschedule_locale,
    withdraw_locale,
)
from content_api.use_cases.read_article import read_article
from content_api.use_cases.retract import retract
from content_api.use_cases.review_locale import approve_locale, submit_locale
from content_api.use_cases.save_draft import save_locale

FRENCH = a_localization(title="La semaine culturelle s'ouvre", slug="semaine", summary=None)
SOON = MOMENT + timedelta(minutes=1)


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def desk(store):
    return Desk(store.deps())


@pytest.fixture
def live(desk):
    return desk.live(a_document())


def save(desk, article, locale, text, caller="translator"):
    saved, _ = save_locale(
        article.id, locale, text, desk.deps, caller=caller, seen=article.draft_number
    )
    return saved


def act(verb, desk, article, locale, *more, caller="publisher"):
    return verb(article.id, locale, *more, desk.deps, caller=caller, seen=article.draft_number)


def approved(desk, article, locale, text):
    saved = save(desk, article, locale, text)
    act(approve_locale, desk, saved, locale, caller="editor")
    return saved


def hashes(store, article):
    return {
        locale: hashlib.sha256(row.body).hexdigest()
        for (of, locale), (row, _) in store.tables.published.items()
        if of == article.id
    }


def states(desk, article):
    return {view.life.locale: view.state for view in list_locales(article.id, desk.deps)[1]}


def test_publishing_one_language_changes_no_byte_of_another(store, desk, live):
    before = hashes(store, live)
    store.pass_time(timedelta(hours=1))
    saved = approved(desk, live, "fr", FRENCH)
    life = act(publish_locale, desk, saved, "fr")
    after = hashes(store, live)
    assert (life.version, life.source_version) == (2, 1)
    assert {locale: after[locale] for locale in ("vi", "en")} == {
        locale: before[locale] for locale in ("vi", "en")
    }
    assert after[WHOLE] != before[WHOLE]
    kind, announced = store.tables.outbox[-1]
    assert (kind, announced.version) == (EventType.ARTICLE_UPDATED, 2)
    assert set(announced.locales) == {"vi", "en", "fr"}
    assert store.tables.articles[live.id].version == 2


def test_withdrawing_one_language_changes_no_byte_of_another(store, desk, live):
    before = hashes(store, live)
    store.pass_time(timedelta(hours=1))
    act(withdraw_locale, desk, live, "en", "Withdrawn for review.")
    after = hashes(store, live)
    assert after["vi"] == before["vi"]
    kind, announced = store.tables.outbox[-1]
    assert (kind, set(announced.locales)) == (EventType.ARTICLE_UPDATED, {"vi"})
    assert store.tables.articles[live.id].state is State.LIVE
    assert states(desk, live) == {"vi": LocaleState.LIVE, "en": LocaleState.WITHDRAWN}


def test_a_publication_of_the_whole_leaves_what_is_the_same(store, desk, live):
    before = hashes(store, live)
    store.pass_time(timedelta(hours=1))
    text = replace(a_document().locales["en"], title="Cultural week has opened")
    desk.publish(desk.approve(desk.save(live, a_document().with_locale("en", text))))
    after = hashes(store, live)
    assert after["vi"] == before["vi"]
    assert after["en"] != before["en"]
    stored = store.deps().shelf.get(live.id, "vi")
    assert (stored.version, stored.published_at) == (1, MOMENT)


def test_a_withdrawn_language_answers_with_its_notice_unless_another_will_do(store, desk, live):
    act(withdraw_locale, desk, live, "en", "Withdrawn for review.")
    with pytest.raises(Withdrawn) as gone:
        read_article(live.id, ["en"], desk.deps)
    assert gone.value.extra["notices"] == {"en": "Withdrawn for review."}
    assert read_article(live.id, ["en", "vi"], desk.deps).locale == "vi"
    assert "en" not in orjson.loads(read_article(live.id, [], desk.deps).body)["locales"]
    with pytest.raises(NoSuchLocale) as other:
        read_article(live.id, ["fr"], desk.deps)
    assert other.value.extra == {"available_locales": ["vi"]}


def test_the_words_of_a_withdrawn_language_are_left_nowhere(store, desk):
    asset = new_id()
    words = {"vi": "Cờ", "en": "Secret flag"}
    use = MediaUse(asset, MediaRole.LEAD, alt=words, caption=words)
    speaker = Speaker({"vi": "Người phát ngôn", "en": "Secret office"})
    article = desk.live(a_document(media=(use,), speaker=speaker))
    assert b"Secret" not in store.deps().shelf.get(article.id, "vi").body
    assert b"Secret flag" in store.deps().shelf.get(article.id, "en").body
    act(withdraw_locale, desk, article, "en", "Withdrawn.")
    bodies = [row.body for row, _ in store.tables.published.values()]
    assert not [body for body in bodies if b"Secret" in body]


def test_withdrawing_twice_changes_nothing_and_the_last_one_stays(store, desk, live):
    first = act(withdraw_locale, desk, live, "en", "Withdrawn.")
    assert act(withdraw_locale, desk, live, "en", "Again.") == first
    with pytest.raises(NothingToPublish):
        act(withdraw_locale, desk, live, "vi", "Rút.")
    with pytest.raises(NoSuchLocale):
        act(withdraw_locale, desk, live, "fr", "Retiré.")
    assert len(store.tables.outbox) == 2


def test_the_whole_does_not_bring_a_withdrawn_language_back_but_the_language_does(
    store, desk, live
):
    act(withdraw_locale, desk, live, "en", "Withdrawn.")
    later = desk.publish(desk.approve(desk.save(live, a_document(urgency=1))))
    assert set(store.tables.outbox[-1][1].locales) == {"vi"}
    act(publish_locale, desk, later, "en")
    assert set(store.tables.outbox[-1][1].locales) == {"vi", "en"}
    assert states(desk, later)["en"] is LocaleState.LIVE
    assert store.tables.articles[live.id].version == 4


def test_a_source_that_is_withdrawn_needs_notices_for_the_others(desk, live):
    act(withdraw_locale, desk, live, "vi", "Rút.")
    with pytest.raises(InvalidInput) as refused:
        retract(live.id, {}, desk.deps, caller="publisher", seen=1)
    assert set(refused.value.errors) == {"/notices/en"}
    retract(live.id, {"en": "Withdrawn."}, desk.deps, caller="publisher", seen=1)
    assert states(desk, live) == dict.fromkeys(("vi", "en"), LocaleState.WITHDRAWN)


def test_a_language_goes_through_its_states(store, desk):
    article = desk.create(a_document())
    assert states(desk, article) == {"vi": LocaleState.DRAFT, "en": LocaleState.DRAFT}
    act(submit_locale, desk, article, "en", caller="author")
    assert states(desk, article)["en"] is LocaleState.IN_REVIEW
    with pytest.raises(NotApprovedLocale):
        act(publish_locale, desk, article, "en")
    act(approve_locale, desk, article, "en", caller="editor")
    assert states(desk, article) == {"vi": LocaleState.DRAFT, "en": LocaleState.APPROVED}
    act(publish_locale, desk, article, "en")
    assert states(desk, article) == {"vi": LocaleState.DRAFT, "en": LocaleState.LIVE}
    [(kind, announced)] = store.tables.outbox
    assert (kind, announced.revision) == (EventType.ARTICLE_PUBLISHED, Revision.ORIGINAL)
    assert set(announced.locales) == {"en"}


def test_a_new_draft_that_leaves_a_language_alone_leaves_its_approval_alone(desk):
    article = desk.create(a_document())
    act(approve_locale, desk, article, "en", caller="editor")
    later = save(desk, article, "fr", FRENCH)
    assert states(desk, later)["en"] is LocaleState.APPROVED
    changed = save(desk, later, "en", replace(a_document().locales["en"], title="Other"))
    assert states(desk, changed)["en"] is LocaleState.DRAFT


def test_who_changed_a_language_does_not_approve_it_and_others_do(desk, live):
    saved = save(desk, live, "fr", FRENCH, caller="editor")
    with pytest.raises(FourEyes):
        act(approve_locale, desk, saved, "fr", caller="editor")
    later = save(desk, saved, "en", replace(a_document().locales["en"], title="X"), caller="author")
    assert act(approve_locale, desk, later, "en", caller="editor").approved_by == "editor"


def test_a_translation_is_stale_once_its_source_has_changed_and_fresh_when_published_again(
    store, desk, live
):
    text = replace(a_document().locales["vi"], title="Tuần lễ văn hoá đã khai mạc")
    saved = approved(desk, live, "vi", text)
    act(publish_locale, desk, saved, "vi")
    assert states(desk, saved) == {"vi": LocaleState.LIVE, "en": LocaleState.STALE}
    assert act(publish_locale, desk, saved, "en").source_version == 2
    assert states(desk, saved) == {"vi": LocaleState.LIVE, "en": LocaleState.LIVE}
    before = len(store.tables.outbox)
    act(publish_locale, desk, saved, "en")
    assert len(store.tables.outbox) == before


def test_a_correction_of_one_language_says_what_was_wrong(store, desk, live):
    wrong = replace(a_document().locales["en"], title="Cultural week has opened")
    saved = approved(desk, live, "en", wrong)
    with pytest.raises(InvalidInput):
        act(correct_locale, desk, saved, "en")
    noted = approved(desk, saved, "en", replace(wrong, correction_note="The title was wrong."))
    act(correct_locale, desk, noted, "en")
    kind, announced = store.tables.outbox[-1]
    assert (kind, announced.revision) == (EventType.ARTICLE_CORRECTED, Revision.CORRECTION)
    assert announced.locales["vi"].correction_note is None


def test_pictures_that_were_not_published_wait_for_the_whole(store, desk, live):
    asset = new_id()
    document = a_document(media=(MediaUse(asset, MediaRole.INLINE),))
    saved = desk.save(live, document.with_locale("fr", replace(FRENCH, body=(Image(asset),))))
    act(approve_locale, desk, saved, "fr", caller="editor")
    with pytest.raises(UnknownAssets):
        act(publish_locale, desk, saved, "fr")
    assert len(store.tables.outbox) == 1


def test_an_address_of_another_article_is_refused(desk, live):
    other = desk.create(a_document())
    act(approve_locale, desk, other, "vi", caller="editor")
    with pytest.raises(SlugTaken):
        act(publish_locale, desk, other, "vi")


def test_an_embargo_holds_for_each_language(desk):
    article = desk.create(a_document(embargo_until=SOON))
    act(approve_locale, desk, article, "vi", caller="editor")
    with pytest.raises(InvalidInput):
        act(publish_locale, desk, article, "vi")
    with pytest.raises(InvalidInput):
        act(schedule_locale, desk, article, "vi", SOON - timedelta(seconds=1))
    scheduled = desk.publish(desk.approve(article))
    with pytest.raises(NotNow):
        act(publish_locale, desk, scheduled, "vi")


def test_a_scheduled_language_goes_out_at_its_moment_once_it_is_approved(store, desk, live):
    saved = save(desk, live, "fr", FRENCH)
    act(schedule_locale, desk, saved, "fr", SOON)
    waiting = Waiting(Kind.LOCALE, live.id, "fr")
    assert next_release(store.deps()).wait == timedelta(minutes=1)
    store.pass_time(timedelta(seconds=59))
    assert publish_waiting(waiting, store.deps()) is None
    store.pass_time(timedelta(seconds=2))
    assert next_release(store.deps()).due == (waiting,)
    assert publish_waiting(waiting, store.deps()) is None
    [view] = [each for each in list_locales(live.id, store.deps())[1] if each.life.locale == "fr"]
    assert view.overdue
    act(approve_locale, desk, saved, "fr", caller="editor")
    released = publish_waiting(waiting, store.deps())
    assert (released.version, released.late) == (2, timedelta(seconds=1))
    assert next_release(store.deps()).due == ()


def test_a_schedule_of_a_language_is_given_up(store, desk, live):
    saved = save(desk, live, "fr", FRENCH)
    with pytest.raises(InvalidInput):
        act(schedule_locale, desk, saved, "fr", MOMENT)
    act(schedule_locale, desk, saved, "fr", SOON)
    assert act(unschedule_locale, desk, saved, "fr").publish_at is None
    assert next_release(store.deps()).wait is None
