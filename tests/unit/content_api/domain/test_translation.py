# SPDX-License-Identifier: EUPL-1.2
"""A translation through the changes of its source: exactly the changed segments are stale."""

from dataclasses import replace

import pytest

from communique.events.article import Divider, Heading, ListBlock, Paragraph
from content_api.domain.pairing import pair
from content_api.domain.segments import segments
from content_api.domain.translation import (
    Made,
    SegmentState,
    carried,
    first_links,
    left_out,
    side_by_side,
    stale,
)
from content_api.testing.translations import every_block

BOTH = every_block(arabic=True)


class History:
    """Drafts, and the links of the Arabic after each of them."""

    def __init__(self, document):
        self.drafts = [document]
        self.links = first_links(document, 1, "ar")

    def document(self, number):
        return self.drafts[number - 1]

    @property
    def present(self):
        return self.drafts[-1]

    def save(self, document, *, source_draft=None, pairs=None, **options):
        before = self.present
        self.drafts.append(document)
        number = source_draft or len(self.drafts)
        made = Made(number, pairs or {}, **options)
        source = self.document(number)
        self.links = carried(
            self.links, before, document, "ar", source=source, made=made, documents=self.document
        )

    def rows(self):
        return side_by_side(self.links, self.present, "ar", self.document)

    def states(self):
        return {
            (row.source or row.target).address: row.state
            for row in self.rows()
            if row.state is not SegmentState.FRESH
        }


def text(document, locale, **changes):
    return document.with_locale(locale, replace(document.locales[locale], **changes))


def body(document, locale, change):
    return text(document, locale, body=tuple(change(list(document.locales[locale].body))))


def put(blocks, index, block):
    blocks[index] = block
    return blocks


def insert(blocks, index, *new):
    blocks[index:index] = new
    return blocks


@pytest.fixture
def history():
    return History(BOTH)


def test_written_together_everything_is_fresh(history):
    rows = history.rows()
    assert len(rows) == len(segments(BOTH, "vi"))
    assert stale(rows) == 0
    assert all(row.source.address == row.target.address for row in rows)


@pytest.mark.parametrize(
    ("change", "states"),
    [
        (lambda all_: put(all_, 0, Heading(2, "Chương trình khác")), {"body.0.text": "changed"}),
        (
            lambda all_: insert(all_, 0, Paragraph("Mới tinh, chưa ai dịch.")),
            {"body.0.html": "added"},
        ),
        (
            lambda all_: [*all_[:2], *all_[3:]],
            {"body.2.html": "removed", "body.2.attribution": "removed"},
        ),
        (
            lambda all_: [*all_[:2], Paragraph("Khác hẳn câu kia."), *all_[3:]],
            {
                "body.2.html": "added",
                "body.2.attribution": "removed",
            },
        ),
        (lambda all_: put(all_, 0, Heading(2, "Tin khác hẳn")), {"body.0.text": "changed"}),
        (lambda all_: [all_[1], all_[0], *all_[2:]], {}),
        (lambda all_: insert(all_, 1, Divider()), {}),
        (
            lambda all_: put(
                all_, 3, replace(all_[3], items=("Mục không", *all_[3].items), ordered=False)
            ),
            {"body.3.items.0": "added"},
        ),
        (
            lambda all_: put(all_, 3, replace(all_[3], items=all_[3].items[1:])),
            {"body.3.items.0": "removed"},
        ),
        (
            lambda all_: put(all_, 4, replace(all_[4], rows=(*all_[4].rows, ("Vinh", "3")))),
            {"body.4.rows.2.0": "added", "body.4.rows.2.1": "added"},
        ),
    ],
)
def test_exactly_what_changed_in_the_source_is_stale(history, change, states):
    now = body(BOTH, "vi", change)
    history.save(now)
    assert history.states() == states


def test_fields_and_pictures_become_stale_too(history):
    use = BOTH.media[0]
    described = replace(
        use, alt={**use.alt, "vi": "Sân khấu mới"}, caption={"ar": use.caption["ar"]}
    )
    history.save(replace(text(BOTH, "vi", title="Tên mới", summary=None), media=(described,)))
    assert history.states() == {
        "title": "changed",
        "summary": "removed",
        f"media.{use.asset}.alt": "changed",
        f"media.{use.asset}.caption": "removed",
    }


def test_a_changed_line_says_what_it_was_and_what_changed(history):
    history.save(text(BOTH, "vi", title="Khai mạc tuần lễ ẩm thực"))
    row = next(row for row in history.rows() if row.state is SegmentState.CHANGED)
    assert row.was.text == "Khai mạc tuần lễ văn hoá"
    assert [(piece.change.value, piece.text) for piece in row.diff] == [
        ("same", "Khai mạc tuần lễ "),
        ("removed", "văn hoá"),
        ("added", "ẩm thực"),
    ]


def test_a_target_that_changed_is_fresh_again_and_only_that(history):
    history.save(text(BOTH, "vi", title="Tên mới", summary="Tóm tắt mới"))
    history.save(text(history.present, "ar", title="عنوان جديد"))
    assert history.states() == {"summary": "changed"}


def test_a_source_that_changes_back_is_fresh(history):
    history.save(text(BOTH, "vi", title="Tên mới"))
    history.save(BOTH)
    assert history.states() == {}


def test_a_target_made_from_an_older_draft_is_stale_at_once(history):
    history.save(text(BOTH, "vi", title="Tên mới"))
    history.save(text(history.present, "ar", title="من القديم"), source_draft=1)
    assert history.states() == {"title": "changed"}


def test_confirming_makes_everything_fresh_and_the_next_change_is_seen(history):
    now = body(BOTH, "vi", lambda all_: insert(all_, 1, Paragraph("Mới tinh, chưa ai dịch.")))
    history.save(text(now, "vi", title="Tên mới"))
    assert history.states() == {"title": "changed", "body.1.html": "added"}
    history.save(history.present, all=True)
    history.links += left_out(history.present, 3, history.links)
    assert history.states() == {}
    history.save(text(history.present, "vi", title="Tên khác"))
    assert history.states() == {"title": "changed"}


def test_what_was_left_out_is_asked_for_again_when_it_changes(history):
    history.save(body(BOTH, "vi", lambda all_: insert(all_, 1, Paragraph("Đoạn chỉ có ở đây."))))
    history.save(history.present, all=True)
    history.links += left_out(history.present, 3, history.links)
    again = Paragraph("Đoạn chỉ có ở đây, nay dài hơn.")
    history.save(body(history.present, "vi", lambda all_: put(all_, 1, again)))
    assert history.states() == {"body.1.html": "changed"}
    history.save(history.present, all=True)
    assert stale(history.rows()) == 1


def test_the_translators_own_words_are_nobodys_business(history):
    note = Paragraph("ملاحظة المترجم.")
    history.save(body(BOTH, "ar", lambda all_: [*all_, note]))
    assert history.states() == {}
    assert history.rows()[-1].target.text == note.html or any(
        row.source is None and row.target.text == note.html for row in history.rows()
    )


def test_removed_lines_stand_where_their_target_stands(history):
    history.save(body(BOTH, "vi", lambda all_: [*all_[:1], *all_[2:]]))
    rows = history.rows()
    place = next(index for index, row in enumerate(rows) if row.source is None)
    assert rows[place].target.address == "body.1.html"
    assert rows[place - 1].target.address == "body.0.text"
    assert rows[place + 1].target.address == "body.2.html"


def test_a_translation_may_move_its_blocks(history):
    history.save(body(BOTH, "ar", lambda all_: [all_[1], all_[0], *all_[2:]]))
    assert history.states() == {}
    history.save(body(history.present, "vi", lambda all_: put(all_, 0, Heading(2, "Chương khác"))))
    row = next(row for row in history.rows() if row.state is SegmentState.CHANGED)
    assert row.target.text == "البرنامج والمكان <هانوي>"


def test_a_half_done_translation_lacks_the_rest():
    half = body(BOTH, "ar", lambda all_: all_[:2])
    assert set(History(half).states().values()) == {SegmentState.ADDED}


def test_a_new_language_lacks_everything():
    rows = side_by_side((), BOTH, "fr", lambda _: BOTH)
    assert {row.state for row in rows} == {SegmentState.ADDED}


@pytest.mark.parametrize(
    ("theirs", "pairs"),
    [
        (
            (Heading(2, "A"), Paragraph("bb")),
            {"body.0.text": "body.0.text", "body.1.html": "body.1.html"},
        ),
        ((Paragraph("bb"),), {"body.0.html": "body.1.html"}),
        (
            (Paragraph("n"), Heading(2, "A"), Paragraph("bb")),
            {"body.1.text": "body.0.text", "body.2.html": "body.1.html"},
        ),
        ((ListBlock(("a",)),), {}),
    ],
)
def test_blocks_are_paired_by_their_form(theirs, pairs):
    ours = text(BOTH, "vi", body=(Heading(2, "X"), Paragraph("yy")))
    target = text(ours, "ar", body=theirs)
    found = pair(ours, target, "ar", {})
    assert {one: other for one, other in found.items() if one.startswith("body.")} == pairs
