# SPDX-License-Identifier: EUPL-1.2
"""The store in memory and the one on PostgreSQL behave the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from communique.events.article import Kind, Revision
from communique.ids import new_id
from content_api.domain.desk_article import Draft
from content_api.domain.errors import NoSuchArticle, NoSuchVersion
from content_api.domain.finished import WHOLE, finish
from content_api.domain.publication import publication
from content_api.domain.sealing import seal
from content_api.domain.states import State, Step
from content_api.ports import Filter
from content_api.testing.builders import MOMENT, a_desk_article, a_document, a_receipt
from content_api.testing.memory import MemoryStore


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


class Broken(Exception):
    pass


def add(deps, **changes):
    article = a_desk_article(**changes)
    with deps.unit_of_work() as unit:
        assert unit.articles.add(article)
    return article


def put_live(deps, moment=MOMENT, document=None):
    article = add(deps, state=State.APPROVED, approved_draft=1)
    record = article.made_public(Step.PUBLISH, moment)
    version = publication(record, document or a_document(), Revision.ORIGINAL)
    with deps.unit_of_work() as unit:
        unit.versions.publish(version, finish(version))
        unit.articles.save(record)
    return version


def test_an_article_comes_back_as_it_was_saved(deps):
    article = add(deps)
    full = replace(
        article,
        state=State.SCHEDULED,
        draft_number=3,
        approved_draft=3,
        approved_by="editor",
        approved_at=MOMENT,
        embargo_until=MOMENT + timedelta(days=1),
        scheduled_by="publisher",
    )
    with deps.unit_of_work() as unit:
        assert unit.articles.lock(article.id) == article
        unit.articles.save(full)
    with deps.unit_of_work() as unit:
        assert unit.articles.get(article.id) == full


def test_an_id_is_taken_once(deps):
    article = add(deps)
    with deps.unit_of_work() as unit:
        assert not unit.articles.add(replace(article, created_by="somebody"))
        assert unit.articles.get(article.id) == article


def test_an_unknown_article_is_not_found(deps):
    with deps.unit_of_work() as unit:
        for ask in (unit.articles.get, unit.articles.lock):
            with pytest.raises(NoSuchArticle):
                ask(new_id())


def add_and_break(deps, article):
    with deps.unit_of_work() as unit:
        unit.articles.add(article)
        unit.audit.add("author", "create", article.id, {})
        raise Broken


def test_an_error_undoes_everything(deps):
    article = a_desk_article()
    with pytest.raises(Broken):
        add_and_break(deps, article)
    with deps.unit_of_work() as unit, pytest.raises(NoSuchArticle):
        unit.articles.get(article.id)


def test_articles_are_paged_by_state_newest_first(deps):
    live = [add(deps, state=State.LIVE).id for _ in range(3)]
    add(deps)
    with deps.unit_of_work() as unit:
        first = [each.id for each in unit.articles.page(State.LIVE, None, 2)]
        rest = [each.id for each in unit.articles.page(State.LIVE, first[-1], 2)]
        assert len(unit.articles.page(None, None, 10)) == 4
    assert first + rest == sorted(live, reverse=True)


def test_drafts_come_back_as_they_were_written(deps):
    article = add(deps)
    drafts = [
        Draft(article.id, number, a_document(urgency=number), who, MOMENT)
        for number, who in ((1, "author"), (2, "editor"), (3, "author"))
    ]
    with deps.unit_of_work() as unit:
        for draft in drafts:
            unit.drafts.add(draft)
    with deps.unit_of_work() as unit:
        assert unit.drafts.get(article.id, 2) == drafts[1]
        assert sorted(unit.drafts.authors(article.id, after=1)) == ["author", "editor"]
        assert unit.drafts.authors(article.id, after=2) == ["author"]
        assert unit.drafts.authors(article.id, after=3) == []


def test_slugs_are_claimed_for_good_and_per_language(deps):
    one, other = add(deps), add(deps)
    with deps.unit_of_work() as unit:
        assert unit.versions.claim_slugs(one.id, {"vi": "a", "en": "b"}) == []
        assert unit.versions.claim_slugs(one.id, {"vi": "a", "en": "c"}) == []
    with deps.unit_of_work() as unit:
        assert unit.versions.claim_slugs(other.id, {"vi": "a", "en": "b", "fr": "a"}) == [
            "en",
            "vi",
        ]


def test_a_published_version_is_kept_and_shown(deps):
    version = put_live(deps)
    with deps.unit_of_work() as unit:
        key = unit.signing.current()
    finished = {each.locale: seal(each, key) for each in finish(version)}
    shown = deps.shelf.find(version.id)
    assert {locale: (each.body, each.etag) for locale, each in shown.items()} == {
        locale: (each.body, each.etag) for locale, each in finished.items()
    }
    assert deps.shelf.get(version.id, "en") == shown["en"]
    assert deps.shelf.get(version.id, "fr") is None
    with deps.unit_of_work() as unit:
        assert unit.versions.get(version.id, 1) == finished[WHOLE].body
        assert [line.version for line in unit.versions.list(version.id)] == [1]
        with pytest.raises(NoSuchVersion):
            unit.versions.get(version.id, 2)


def test_the_next_version_takes_the_place_of_the_one_before(deps):
    first = put_live(deps, document=a_document().with_locale("fr", a_document().locales["en"]))
    locales = {locale: text for locale, text in first.locales.items() if locale != "fr"}
    second = replace(first, version=2, revision=Revision.RETRACTION, locales=locales)
    with deps.unit_of_work() as unit:
        unit.versions.publish(second, finish(second))
    shown = deps.shelf.find(first.id)
    assert set(shown) == {WHOLE, "vi", "en"}
    assert all(each.retracted and each.version == 2 for each in shown.values())
    assert deps.shelf.page(Filter(), None, 10).items == []
    with deps.unit_of_work() as unit:
        assert [line.version for line in unit.versions.list(first.id)] == [2, 1]


def test_an_address_leads_to_the_article(deps):
    version = put_live(deps)
    with deps.unit_of_work() as unit:
        unit.versions.claim_slugs(version.id, {"vi": "cu", "ja": "x"})
    assert deps.shelf.by_slug("vi", "cu") == deps.shelf.get(version.id, "vi")
    assert deps.shelf.by_slug("ja", "x") is None
    assert deps.shelf.by_slug("vi", "nichts") is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), True),
        (Filter(locale="vi"), True),
        (Filter(locale="ja"), False),
        (Filter(kind=Kind.NEWS, topic="mofa:culture", place="VN", mission="embassy-paris"), True),
        (Filter(kind=Kind.SPEECH), False),
        (Filter(topic="mofa:x"), False),
        (Filter(place="IN"), False),
        (Filter(mission="embassy-tokyo"), False),
        (Filter(since=MOMENT), True),
        (Filter(since=MOMENT + timedelta(seconds=1)), False),
        (Filter(until=MOMENT), False),
        (Filter(until=MOMENT + timedelta(seconds=1)), True),
    ],
)
def test_the_shelf_is_filtered(deps, wanted, found):
    put_live(deps)
    assert len(deps.shelf.page(wanted, None, 10).items) == int(found)


def test_pages_of_the_shelf_meet_without_gap(deps):
    moments = [MOMENT + timedelta(seconds=each) for each in (0, 1, 1, 1, 2)]
    made = [(moment, put_live(deps, moment).id) for moment in moments]
    seen, after = [], None
    while True:
        page = deps.shelf.page(Filter(locale="en"), after, 2)
        seen += [(each.first_published_at, each.article) for each in page.items]
        after = page.next
        if after is None:
            break
    assert seen == sorted(made, reverse=True)


def test_a_receipt_counts_once_and_the_newest_wins(deps):
    receipt = a_receipt(attempts=2)
    older = replace(receipt, at=MOMENT - timedelta(seconds=1), attempts=9, version=None)
    fewer = replace(receipt, attempts=1, version=None)
    newer = replace(receipt, at=MOMENT + timedelta(seconds=1), version=7)
    first = new_id()
    with deps.unit_of_work() as unit:
        assert unit.deliveries.record(first, receipt)
        assert not unit.deliveries.record(first, newer)
        assert unit.deliveries.record(new_id(), older)
        assert unit.deliveries.record(new_id(), fewer)
        assert unit.deliveries.latest(receipt.article) == [receipt]
        assert unit.deliveries.record(new_id(), newer)
    with deps.unit_of_work() as unit:
        assert unit.deliveries.latest(receipt.article) == [newer]
        history = [event.receipt for event in unit.deliveries.history(receipt.article)]
    assert history == [receipt, older, fewer, newer]


def test_each_channel_and_language_has_its_own_row(deps):
    article = new_id()
    rows = [
        a_receipt(article=article, channel=channel, locale=locale)
        for channel, locale in (("a", "en"), ("a", "vi"), ("b", "vi"))
    ]
    with deps.unit_of_work() as unit:
        for row in reversed(rows):
            unit.deliveries.record(new_id(), row)
    with deps.unit_of_work() as unit:
        assert unit.deliveries.latest(article) == rows
        assert unit.deliveries.latest(new_id()) == []


def test_what_is_due_is_told_by_the_clock_of_the_store(deps):
    with deps.unit_of_work() as unit:
        now = unit.now()
        assert unit.articles.until_next_due() is None
    past, future = now - timedelta(minutes=1), now + timedelta(minutes=1)
    due = add(deps, state=State.SCHEDULED, embargo_until=past, approved_draft=1)
    add(deps, embargo_until=past)
    add(deps, state=State.SCHEDULED, embargo_until=past)
    with deps.unit_of_work() as unit:
        assert unit.articles.due(10) == [due.id]
        assert unit.articles.unready() == 1
        assert unit.articles.until_next_due() is None
        unit.articles.save(replace(due, state=State.LIVE))
        add_to = a_desk_article(state=State.SCHEDULED, embargo_until=future)
        unit.articles.add(add_to)
        assert unit.articles.due(10) == []
        assert timedelta(0) < unit.articles.until_next_due() <= timedelta(minutes=1)
