# SPDX-License-Identifier: EUPL-1.2
"""Languages, releases and the press tier on PostgreSQL, and in memory, behave the same."""

import hashlib
import runpy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import content_api
from communique.events.envelope import EventType
from communique.ids import new_id
from content_api.domain.document_codec import content_hash
from content_api.domain.embargo import held_form
from content_api.domain.errors import NoSuchRelease
from content_api.domain.locale_life import LocaleLife
from content_api.domain.release import Item, Mode, Release, ReleaseState
from content_api.domain.states import State
from content_api.store import tables_locales
from content_api.testing.builders import MOMENT, a_desk_article, a_document
from content_api.testing.memory import MemoryStore
from content_api.use_cases.publish_locale import publish_locale, withdraw_locale
from content_api.use_cases.review_locale import approve_locale
from content_api.use_cases.save_draft import save_locale


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


MIGRATION = str(Path(content_api.__file__).parent / "migrations/versions/0002_locales.py")


class Broken(Exception):
    pass


def add(deps, **changes):
    article = a_desk_article(**changes)
    with deps.unit_of_work() as unit:
        unit.articles.add(article)
    return article


def a_release(article, **changes):
    release = Release(
        id=new_id(),
        title="Summit",
        mode=Mode.ATOMIC,
        items=(Item(article.id), Item(article.id, "vi", 3)),
        created_by="publisher",
        created_at=MOMENT,
        updated_at=MOMENT,
    )
    return replace(release, **changes)


def test_the_tables_are_as_the_migrations_make_them(service):
    names = {table.name for table in tables_locales.metadata.tables.values()}
    assert {"locales", "releases", "release_items", "embargoed"} <= names
    mine = {"locales", "releases", "release_items", "embargoed"}
    with service.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _parents: (
                    kind != "schema" or name == "content_api"
                ),
            },
        )
        differences = compare_metadata(context, tables_locales.metadata)
    assert [each for each in differences if any(f"'{name}'" in str(each) for name in mine)] == []


def test_lives_come_back_as_they_were_saved(deps):
    article = add(deps)
    life = LocaleLife(
        article.id,
        "vi",
        approved_hash="a",
        approved_draft=1,
        version=2,
        text_version=1,
        content_hash="b",
        first_published_at=MOMENT,
        published_at=MOMENT,
    )
    with deps.unit_of_work() as unit:
        unit.locales.save((life, LocaleLife(article.id, "en")))
        unit.locales.save(())
    changed = replace(life, withdrawn_at=MOMENT, notice="Rút.", content_hash=None)
    with deps.unit_of_work() as unit:
        unit.locales.save((changed,))
        assert unit.locales.of(article.id) == {"en": LocaleLife(article.id, "en"), "vi": changed}
        assert unit.locales.of(new_id()) == {}


def test_what_is_due_comes_latest_first_and_what_lies_ahead_is_told(deps):
    article = add(deps)
    with deps.unit_of_work() as unit:
        now = unit.now()
        lives = [
            LocaleLife(article.id, locale, publish_at=now + timedelta(minutes=minutes))
            for locale, minutes in (("vi", -2), ("en", -1), ("fr", 1))
        ]
        unit.locales.save(lives)
        for state, minutes in (("scheduled", -2), ("overdue", -1), ("planned", -1)):
            at = now + timedelta(minutes=minutes)
            unit.releases.add(a_release(article, state=ReleaseState(state), publish_at=at))
    with deps.unit_of_work() as unit:
        assert unit.locales.due(5) == [(article.id, "en"), (article.id, "vi")]
        assert timedelta(0) < unit.locales.until_next_due() <= timedelta(minutes=1)
        found = [unit.releases.get(each).state for each in unit.releases.due(5)]
        assert found == [ReleaseState.OVERDUE, ReleaseState.SCHEDULED]
        assert unit.releases.until_next_due() is None


def test_releases_come_back_as_they_were_saved(deps):
    release = a_release(add(deps))
    with deps.unit_of_work() as unit:
        unit.releases.add(release)
    changed = replace(
        release, items=release.items[:1], state=ReleaseState.SCHEDULED, publish_at=MOMENT
    )
    with deps.unit_of_work() as unit:
        assert unit.releases.lock(release.id) == release
        unit.releases.save(changed)
    with deps.unit_of_work() as unit:
        assert unit.releases.page(ReleaseState.SCHEDULED, None, 5) == [changed]
        assert unit.releases.page(None, release.id, 5) == []
        unit.releases.delete(release.id)
        with pytest.raises(NoSuchRelease):
            unit.releases.get(release.id)


def test_what_the_press_holds_comes_back_and_is_announced(deps):
    document = a_document(audience="press")
    record = add(deps, state=State.SCHEDULED, approved_draft=1, embargo_until=MOMENT)
    held = held_form(record, a_document(), None)
    with deps.unit_of_work() as unit:
        assert unit.embargoed.get(record.id) is None
        unit.embargoed.put(held, EventType.ARTICLE_PUBLISHED)
    later = held_form(record, replace(document, audience=held.article.audience, urgency=1), held)
    with deps.unit_of_work() as unit:
        assert unit.embargoed.get(record.id) == held
        unit.embargoed.put(later, EventType.ARTICLE_UPDATED)
        assert unit.embargoed.page(None, 5) == [later]
        assert unit.embargoed.page(record.id, 5) == []
    assert deps.shelf.find(record.id) == {}


def add_and_break(unit, one, other):
    with unit.attempt():
        unit.articles.add(other)
        unit.versions.claim_slugs(one.id, {"vi": "a"})
        raise Broken


def test_an_attempt_that_fails_is_undone_and_the_rest_stays(deps):
    one, other = a_desk_article(), a_desk_article()
    with deps.unit_of_work() as unit:
        unit.articles.add(one)
        with pytest.raises(Broken):
            add_and_break(unit, one, other)
        assert unit.versions.slug_owners({"vi": "a"}) == {}
        assert not unit.articles.known(other.id)
        assert unit.versions.claim_slugs(one.id, {"vi": "b", "en": "b"}) == []
        assert unit.versions.slug_owners({"vi": "b", "en": "x"}) == {"vi": one.id}
    with deps.unit_of_work() as unit:
        assert unit.articles.known(one.id)


def stored(sql, article):
    rows = sql(
        "SELECT locale, body, etag, position FROM content_api.published WHERE article_id = %s",
        [article.id],
    ).fetchall()
    return {row[0]: (hashlib.sha256(row[1]).hexdigest(), *row[2:]) for row in rows}


def test_one_language_changes_no_stored_byte_of_another(desk, sql):
    article = desk.live(a_document())
    before = stored(sql, article)
    text = replace(a_document().locales["en"], title="La semaine", slug="semaine")
    saved, _ = save_locale(article.id, "fr", text, desk.deps, caller="author", seen=1)
    approve_locale(saved.id, "fr", desk.deps, caller="editor", seen=2)
    publish_locale(saved.id, "fr", desk.deps, caller="publisher", seen=2)
    withdraw_locale(saved.id, "en", "Withdrawn.", desk.deps, caller="publisher", seen=2)
    after = stored(sql, article)
    assert after["vi"] == before["vi"]
    assert set(after) == {"", "vi", "en", "fr"}
    assert desk.deps.shelf.get(article.id, "en").retracted
    assert [row[0] for row in sql("SELECT version FROM content_api.versions ORDER BY 1")] == [
        1,
        2,
        3,
    ]


def test_what_was_public_before_goes_on_under_its_own_life(desk, sql):
    article = desk.live(a_document())
    with desk.deps.unit_of_work() as unit:
        known = unit.locales.of(article.id)
    sql("DELETE FROM content_api.locales")
    sql(runpy.run_path(MIGRATION)["FILL_LOCALES"])
    with desk.deps.unit_of_work() as unit:
        assert unit.locales.of(article.id) == known
    assert known["vi"].content_hash == content_hash(a_document().locales["vi"])
