# SPDX-License-Identifier: EUPL-1.2
"""What a translation was made from is kept with every way to change it."""

from dataclasses import replace

import pytest

from communique.errors import InvalidInput
from communique.events.article import Heading, MediaRole, MediaUse, Paragraph, Rights, Speaker
from content_api.domain.errors import NoSuchLocale
from content_api.domain.translation import Origin
from content_api.domain.translation_errors import (
    BadTranslation,
    MachineOnly,
    NoTranslation,
    NoTranslator,
    NotXliff,
    StaleTranslation,
)
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.testing.translations import ASSET, every_block
from content_api.translators.marking import MarkingTranslator
from content_api.use_cases.approve import approve
from content_api.use_cases.confirm_translation import confirm_translation
from content_api.use_cases.import_translation import import_translation
from content_api.use_cases.inspect_translations import (
    export_translation,
    list_translations,
    read_translation,
)
from content_api.use_cases.keep_translations import Seen
from content_api.use_cases.machine_translate import machine_translate
from content_api.use_cases.publish import publish
from content_api.use_cases.review_locale import approve_locale
from content_api.use_cases.save_draft import restore_draft, save_draft, save_locale

BOTH = every_block(arabic=True)


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def deps(store):
    return replace(store.deps(), translator=MarkingTranslator())


@pytest.fixture
def article(deps):
    return Desk(deps).create(BOTH).id


def text(document, locale, **changes):
    return document.with_locale(locale, replace(document.locales[locale], **changes))


class Author:
    """Somebody who saves, one draft after the other."""

    def __init__(self, article, deps):
        self.article, self.deps = article, deps
        self.document, self.number = BOTH, 1

    def save(self, document):
        _, draft = save_draft(self.article, document, self.deps, caller="author", seen=self.number)
        return self._keep(draft)

    def save_locale(self, locale, source_draft=None, **changes):
        _, draft = save_locale(
            self.article,
            locale,
            replace(self.document.locales[locale], **changes),
            self.deps,
            caller="translator",
            seen=self.number,
            source_draft=source_draft,
        )
        return self._keep(draft)

    def _keep(self, draft):
        self.document, self.number = draft.document, draft.number
        return draft

    def read(self, locale="ar"):
        return read_translation(self.article, locale, self.deps)

    def states(self, locale="ar"):
        return {
            (row.source or row.target).address: row.state.value
            for row in self.read(locale).rows
            if row.state != "fresh"
        }


@pytest.fixture
def author(article, deps):
    return Author(article, deps)


def test_a_translation_written_with_its_source_is_fresh(author):
    found = author.read()
    assert (found.stale, found.percentage, found.standing.record) == (0, 100.0, None)


def test_only_what_changed_in_the_source_is_stale(author):
    author.save(text(BOTH, "vi", title="Tên mới"))
    assert author.states() == {"title": "changed"}
    assert author.read().percentage == 94.4


def test_saving_one_language_makes_its_changed_segments_fresh(author):
    author.save(text(BOTH, "vi", title="Tên mới", summary="Mới"))
    author.save_locale("ar", title="عنوان جديد")
    assert author.states() == {"summary": "changed"}
    record = author.read().standing.record
    assert (record.origin, record.by, record.source_draft) == (Origin.SAVED, "translator", 3)


def test_the_draft_it_was_made_from_can_be_named(author):
    author.save(text(BOTH, "vi", title="Tên mới"))
    author.save_locale("ar", title="من القديم", source_draft=1)
    assert author.states() == {"title": "changed"}
    author.save_locale("ar", source_draft=2)
    assert author.states() == {}


@pytest.mark.parametrize("number", [0, 3])
def test_a_source_draft_must_be_there(author, store, number):
    with pytest.raises(InvalidInput) as refusal:
        author.save_locale("ar", title="x", source_draft=number)
    assert set(refusal.value.errors) == {"Source-Draft"}
    assert len(store.tables.drafts) == 1


def test_saving_the_whole_or_restoring_keeps_track_too(author, deps):
    author.save(text(BOTH, "vi", title="Tên mới"))
    author.save(text(author.document, "ar", title="عنوان جديد"))
    assert author.states() == {}
    restore_draft(author.article, 2, deps, caller="author", seen=3)
    assert author.states() == {}


def test_drafts_that_nobody_recorded_are_gone_through(author, store):
    author.save(text(BOTH, "vi", title="Tên mới", summary="Mới"))
    author.save(text(author.document, "ar", title="عنوان جديد"))
    author.save(text(author.document, "vi", short_title="Ngắn"))
    store.tables.translations.clear()
    assert author.states() == {"summary": "changed", "short_title": "changed"}


def test_publishing_reads_nothing_and_records_nothing(author, deps, store):
    approve(author.article, deps, caller="editor", seen=1)
    publish(author.article, deps, caller="publisher", seen=1)
    assert store.tables.translations == {}
    assert author.states() == {}


def test_confirming_needs_no_draft(author, deps, store):
    author.save(
        text(BOTH, "vi", title="Tên mới", body=(Paragraph("Thêm."), *BOTH.locales["vi"].body))
    )
    assert author.states() == {"title": "changed", "body.0.html": "added"}
    confirm_translation(author.article, "ar", deps, caller="translator", seen=Seen(2, 0))
    assert author.states() == {}
    assert len(store.tables.drafts) == 2
    with pytest.raises(StaleTranslation) as refusal:
        confirm_translation(author.article, "ar", deps, caller="other", seen=Seen(2, 0))
    assert refusal.value.headers == {"ETag": '"d2-t1"'}
    with pytest.raises(StaleTranslation):
        confirm_translation(author.article, "ar", deps, caller="other", seen=Seen(1))
    with pytest.raises(NoSuchLocale):
        confirm_translation(author.article, "fr", deps, caller="other", seen=Seen(2))


def test_the_source_is_no_translation(author, deps):
    with pytest.raises(NoTranslation):
        author.read("vi")
    assert [each.standing.locale for each in list_translations(author.article, deps)[1]] == ["ar"]


def test_another_source_language_makes_everything_stale(author):
    author.save(replace(BOTH, source_locale="ar"))
    assert {row.state.value for row in author.read("vi").rows} == {"added", "removed"}
    confirm_translation(author.article, "vi", author.deps, caller="t", seen=Seen(2))
    assert author.states("vi") == {}


def bring_in(author, content, **seen):
    return import_translation(
        author.article,
        "ar",
        content,
        author.deps,
        caller="bureau",
        seen=Seen(seen.get("draft", author.number)),
    )


def test_an_export_brought_back_unchanged_writes_nothing(author, deps, store):
    _, content = export_translation(author.article, "ar", deps)
    found = bring_in(author, content)
    assert found.standing.draft.number == 1
    assert store.tables.translations == {}


def test_an_import_becomes_the_next_draft(author, deps, store):
    _, content = export_translation(author.article, "ar", deps)
    changed = content.replace("مسرح مكشوف".encode(), "مسرح آخر".encode())
    found = bring_in(author, changed)
    assert found.standing.draft.number == 2
    assert found.standing.document.media[0].alt["ar"] == "مسرح آخر"
    assert found.standing.record.origin is Origin.IMPORTED
    assert found.stale == 0
    line = next(line for line in store.tables.audit if "import-translation" in line)
    assert f"media.{ASSET}.alt" in str(line)


def test_a_state_confirms_a_changed_segment(author, deps):
    author.save(text(BOTH, "vi", title="Tên mới", summary="Tóm tắt mới"))
    _, content = export_translation(author.article, "ar", deps)
    head, found, tail = content.partition(b'<unit id="title"')
    done = head + found + tail.replace(b'state="initial"', b'state="translated"', 1)
    result = bring_in(author, done)
    assert result.standing.draft.number == 2
    assert author.states() == {"summary": "changed"}


def test_a_wrong_unit_leaves_everything_as_it_was(author, deps, store):
    _, content = export_translation(author.article, "ar", deps)
    changed = content.replace("مسرح مكشوف".encode(), "مسرح آخر".encode())
    author.save(text(BOTH, "vi", title="Tên mới"))
    before = (len(store.tables.drafts), dict(store.tables.translations))
    with pytest.raises(InvalidInput) as refusal:
        bring_in(author, changed)
    assert set(refusal.value.errors) == {"/units/title"}
    assert (len(store.tables.drafts), store.tables.translations) == before


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b'trgLang="ar"', b'trgLang="fr"', "/xliff/trgLang"),
        (b'srcLang="vi"', b'srcLang="en"', "/xliff/srcLang"),
        (b":draft:1", b":draft:2", "/xliff/file/original"),
    ],
)
def test_a_file_of_another_translation_is_refused(author, deps, old, new, place):
    _, content = export_translation(author.article, "ar", deps)
    with pytest.raises(NotXliff) as refusal:
        bring_in(author, content.replace(old, new))
    assert set(refusal.value.errors) == {place}


def translate(author, locale="fr", **options):
    return machine_translate(
        author.article, locale, author.deps, caller="desk", seen=Seen(author.number), **options
    )


def test_a_machine_fills_a_new_language(author):
    found = translate(author)
    french = found.standing.document.locales["fr"]
    assert french.title == "Khai· mạc· tuần· lễ· văn· hoá·"
    assert '<a href="https://www.example.org/tin">trụ· sở·</a>' in french.body[1].html
    assert (french.machine_translated, french.translator) == (True, "marking")
    assert found.stale == 0
    assert found.standing.record.origin is Origin.MACHINE


def test_a_machine_leaves_alone_what_is_fresh(author):
    author.save(text(BOTH, "vi", title="Tên mới"))
    found = translate(author, "ar")
    assert found.standing.document.locales["ar"] == replace(
        BOTH.locales["ar"], title="Tên· mới·", machine_translated=True, translator="marking"
    )
    author.number = 3
    assert translate(author, "ar").standing.draft.number == 3


def refused(author, deps):
    number = author.number
    for step in (
        lambda: approve(author.article, deps, caller="editor", seen=number),
        lambda: approve_locale(author.article, "fr", deps, caller="editor", seen=number),
    ):
        with pytest.raises(MachineOnly) as refusal:
            step()
        assert set(refusal.value.errors) == {"/locales/fr"}


def test_a_machines_word_cannot_be_approved_until_somebody_confirms_it(author, deps):
    translate(author)
    author.number = 2
    refused(author, deps)
    approve_locale(author.article, "ar", deps, caller="editor", seen=2)
    confirm_translation(author.article, "fr", deps, caller="translator", seen=Seen(2))
    approve(author.article, deps, caller="editor", seen=2)
    published = publish(author.article, deps, caller="publisher", seen=2)
    assert published.version == 1


def test_or_saves_it_even_as_it_is(author, deps):
    author.document = translate(author).standing.document
    author.number = 2
    author.save(text(author.document, "ar", summary="شيء آخر"))
    refused(author, deps)
    author.save_locale("fr")
    approve(author.article, deps, caller="editor", seen=4)


def test_or_a_bureau_has_reviewed_all_of_it(author, deps):
    translate(author)
    author.number = 2
    _, content = export_translation(author.article, "fr", deps)
    assert b'state="translated"' in content
    again = {"caller": "bureau", "seen": Seen(2)}
    import_translation(author.article, "fr", content, deps, **again)
    refused(author, deps)
    reviewed = content.replace(b'state="translated"', b'state="reviewed"')
    import_translation(author.article, "fr", reviewed, deps, **again)
    approve(author.article, deps, caller="editor", seen=2)


def test_without_a_machine_nothing_is_translated(author, deps):
    author.deps = replace(deps, translator=None)
    with pytest.raises(NoTranslator):
        translate(author)


class Wrong:
    name = "wrong"

    def __init__(self, make):
        self._make = make

    def translate(self, segments, *, source, target):
        return self._make(segments)


@pytest.mark.parametrize(
    "make",
    [
        lambda segments: [],
        lambda segments: ["" for _ in segments],
        lambda segments: ["<script>x</script>" for _ in segments],
        lambda segments: ["x" * 30_000 for _ in segments],
    ],
)
def test_a_machine_that_fails_writes_nothing(author, deps, store, make):
    author.deps = replace(deps, translator=Wrong(make))
    with pytest.raises(BadTranslation):
        translate(author)
    assert len(store.tables.drafts) == 1


def test_a_machine_that_was_overtaken_writes_nothing(author, deps, store):
    def meanwhile(segments):
        author.save(text(BOTH, "vi", title="Tên mới"))
        return ["x" for _ in segments]

    author.deps = replace(deps, translator=Wrong(meanwhile))
    with pytest.raises(StaleTranslation):
        machine_translate(author.article, "fr", author.deps, caller="desk", seen=Seen(1))
    assert len(store.tables.drafts) == 2


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (
            lambda document: replace(
                document, media=(MediaUse(ASSET, MediaRole.LEAD, alt={"fr": "x"}),)
            ),
            "/media/0/alt/fr",
        ),
        (
            lambda document: replace(
                document, media=(MediaUse(ASSET, MediaRole.LEAD, caption={"fr": "x"}),)
            ),
            "/media/0/caption/fr",
        ),
        (
            lambda document: replace(document, speaker=Speaker(office={"vi": "x", "fr": "y"})),
            "/speaker/office/fr",
        ),
        (
            lambda document: replace(document, rights=Rights(usage_terms={"fr": "y"})),
            "/rights/usage_terms/fr",
        ),
    ],
)
def test_what_would_be_dropped_is_an_error(author, deps, change, pointer):
    for save in (author.save, Desk(deps).create):
        with pytest.raises(InvalidInput) as refusal:
            save(change(BOTH))
        assert set(refusal.value.errors) == {pointer}


def test_the_same_heading_in_the_source_is_enough(author):
    author.save(text(BOTH, "vi", body=(Heading(2, "Chương trình & địa điểm <Hà Nội>"),)))
    assert "body.0.text" not in author.states()
