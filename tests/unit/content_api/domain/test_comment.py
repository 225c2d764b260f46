# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import orjson
import pytest

from communique.errors import InvalidInput
from communique.events.article import Divider, Heading, Image, ListBlock, Paragraph, Quote, Table
from content_api.domain.comment import Placed, Wish, anchor, place, plain
from content_api.domain.document_codec import to_json
from content_api.testing.builders import a_document, a_localization

ONE, TWO = Paragraph("The <em>first</em> one."), Paragraph("The second one.")
ASSET = "01941f29-7c00-7000-8000-000000000001"


def written(*body, **changes):
    text = a_localization(body=body or (ONE, TWO), **changes)
    return orjson.loads(to_json(a_document(locales={"vi": text})))


def put(**wish):
    return anchor(Wish("vi", **wish), 1, written())


@pytest.mark.parametrize(
    ("wish", "now", "outdated", "block"),
    [
        ({"block": 1}, written(), False, 1),
        ({"block": 1}, written(TWO, ONE), False, 0),
        ({"block": 1}, written(Heading(2, "New"), ONE, TWO), False, 2),
        ({"block": 1}, written(replace(ONE, html="Changed."), TWO), False, 1),
        ({"block": 1}, written(ONE, Paragraph("Changed.")), True, None),
        ({"block": 1}, written(ONE), True, None),
        ({"block": 0, "quote": "first"}, written(Paragraph("Now the first!"), TWO), False, 0),
        ({"block": 0, "quote": "first"}, written(TWO, Paragraph("A first")), False, 1),
        ({"block": 0, "quote": "first"}, written(Paragraph("Changed."), TWO), True, None),
        ({"block": 0}, written(TWO, ONE, Divider(), ONE), False, 1),
        ({}, written(Divider()), False, None),
        ({"field": "title"}, written(), False, None),
        ({"field": "title"}, written(title="Another"), True, None),
        ({"field": "title", "quote": "tuần lễ"}, written(title="Một tuần lễ"), False, None),
        ({"field": "summary"}, written(summary=None), True, None),
    ],
)
def test_a_remark_stays_with_what_it_is_about(wish, now, outdated, block):
    assert place(put(**wish), now) == Placed(outdated, block)


def test_a_language_that_went_leaves_its_remarks_outdated():
    now = orjson.loads(to_json(a_document(locales={"en": a_localization()}, source_locale="en")))
    assert place(put(block=0), now) == Placed(outdated=True)


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        (Wish("fr"), "/anchor/locale"),
        (Wish("vi", block=2), "/anchor/block"),
        (Wish("vi", block=0, field="title"), "/anchor/field"),
        (Wish("vi", field="short_title"), "/anchor/field"),
        (Wish("vi", block=0, quote="second"), "/anchor/quote"),
        (Wish("vi", quote="first"), "/anchor/quote"),
    ],
)
def test_what_the_draft_has_not_is_named(wish, pointer):
    with pytest.raises(InvalidInput) as refused:
        anchor(wish, 1, written())
    assert set(refused.value.errors) == {pointer}


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (ONE, "The first one."),
        (Heading(2, "1 < 2"), "1 < 2"),
        (Quote("<em>Yes</em>", "He"), "Yes He"),
        (ListBlock(("a", "<strong>b</strong>")), "a b"),
        (Table((("a", "b"),), header=("c", "d"), caption="e"), "c d a b e"),
        (Divider(), ""),
        (Image(ASSET), ""),
    ],
)
def test_a_block_is_quoted_without_markup(block, text):
    assert plain(written(block)["locales"]["vi"]["body"][0]) == text
    assert anchor(Wish("vi", block=0), 1, written(block)).text == text
