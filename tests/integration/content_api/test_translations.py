# SPDX-License-Identifier: EUPL-1.2
"""Translations beside their source, on a real PostgreSQL."""

from dataclasses import replace

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from communique.events.article import Paragraph
from content_api.domain.translation import Origin
from content_api.domain.translation_errors import MachineOnly
from content_api.store.tables_translation import translations
from content_api.testing.translations import every_block
from content_api.translators.marking import MarkingTranslator
from content_api.use_cases.approve import approve
from content_api.use_cases.confirm_translation import confirm_translation
from content_api.use_cases.import_translation import import_translation
from content_api.use_cases.inspect_translations import export_translation, read_translation
from content_api.use_cases.keep_translations import Seen
from content_api.use_cases.machine_translate import machine_translate
from content_api.use_cases.publish import publish
from content_api.use_cases.save_draft import save_draft, save_locale

BOTH = every_block(arabic=True)


@pytest.fixture
def deps(service):
    return replace(service.deps, translator=MarkingTranslator())


@pytest.fixture
def article(desk):
    return desk.create(BOTH).id


def states(article, deps, locale="ar"):
    return {
        (row.source or row.target).address: row.state.value
        for row in read_translation(article, locale, deps).rows
        if row.state != "fresh"
    }


def changed_source():
    text = BOTH.locales["vi"]
    body = (Paragraph("Đoạn mới tinh, chưa ai dịch."), *text.body)
    return BOTH.with_locale("vi", replace(text, title="Khai mạc tuần lễ ẩm thực", body=body))


def test_side_by_side_through_its_life(article, deps, sql):
    save_draft(article, changed_source(), deps, caller="author", seen=1)
    assert states(article, deps) == {"title": "changed", "body.0.html": "added"}
    row = read_translation(article, "ar", deps).rows[0]
    assert [piece.text for piece in row.diff] == ["Khai mạc tuần lễ ", "văn hoá", "ẩm thực"]

    arabic = replace(BOTH.locales["ar"], title="افتتاح أسبوع الطعام")
    save_locale(article, "ar", arabic, deps, caller="translator", seen=2)
    assert states(article, deps) == {"body.0.html": "added"}

    confirm_translation(article, "ar", deps, caller="translator", seen=Seen(3, 1))
    assert states(article, deps) == {}
    record = read_translation(article, "ar", deps).standing.record
    assert (record.origin, record.number, record.source_draft) == (Origin.CONFIRMED, 2, 3)
    origins = sql("SELECT origin FROM content_api.translations ORDER BY number").fetchall()
    assert origins == [("saved",), ("confirmed",)]


def test_what_was_known_of_a_translation_stays_known(article, deps, sql):
    confirm_translation(article, "ar", deps, caller="translator", seen=Seen(1))
    for change in (
        "DELETE FROM content_api.translations",
        "UPDATE content_api.translations SET origin = 'saved'",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation):
            sql(change)


def test_a_file_goes_out_and_comes_back(article, deps):
    _, content = export_translation(article, "ar", deps)
    same = import_translation(article, "ar", content, deps, caller="bureau", seen=Seen(1))
    assert same.standing.draft.number == 1
    changed = content.replace("جدول العروض".encode(), "مواعيد العروض".encode())
    found = import_translation(article, "ar", changed, deps, caller="bureau", seen=Seen(1))
    assert found.standing.draft.number == 2
    assert found.standing.document.locales["ar"].body[4].caption == "مواعيد العروض"
    assert found.standing.document.locales["vi"] == BOTH.locales["vi"]
    _, again = export_translation(article, "ar", deps)
    assert again == changed.replace(b":draft:1", b":draft:2")


def test_a_machines_words_wait_for_a_person(article, deps):
    machine_translate(article, "fr", deps, caller="desk", seen=Seen(1))
    with pytest.raises(MachineOnly):
        approve(article, deps, caller="editor", seen=2)
    confirm_translation(article, "fr", deps, caller="translator", seen=Seen(2))
    approve(article, deps, caller="editor", seen=2)
    assert publish(article, deps, caller="publisher", seen=2).version == 1


def test_the_migration_makes_the_table(service):
    def ours(_object, name, kind, _reflected, _other):
        return kind != "table" or name == translations.name

    options = {"include_schemas": True, "include_object": ours}
    with service.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, translations.metadata) == []
