# SPDX-License-Identifier: EUPL-1.2
import time
from dataclasses import replace

import orjson
import pytest

from communique.events.article import (
    Divider,
    Embed,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    SocialText,
    Table,
)
from content_api.domain.diff import compare
from content_api.domain.document_codec import to_json
from content_api.domain.inline_diff import Change
from content_api.testing.builders import a_document, a_localization

ONE, TWO, THREE = (
    Paragraph(f"The {word} paragraph says something of its own, and at length.")
    for word in ("first", "second", "third")
)


def compared(before, now):
    return compare(orjson.loads(to_json(before)), orjson.loads(to_json(now)))


def bodies(before, now):
    """What differs between two bodies in one language."""
    documents = [
        a_document(locales={"vi": a_localization(body=tuple(body))}) for body in (before, now)
    ]
    locales = compared(*documents).locales
    return [
        (block.change.value, block.before, block.now)
        for locale in locales
        for block in locale.blocks
    ]


def test_a_document_does_not_differ_from_itself():
    assert compared(a_document(), a_document()).same


def test_fields_of_no_language_are_told_with_both_values():
    (field,) = compared(a_document(urgency=5), a_document(urgency=2)).fields
    assert (field.pointer, field.change, field.before, field.now) == (
        "/urgency",
        Change.CHANGED,
        5,
        2,
    )
    assert field.html == "<del>5</del><ins>2</ins>"


def test_only_languages_that_differ_are_named():
    before = a_document()
    text = before.locales["en"]
    now = before.with_locale("en", replace(text, title="Cultural week closes"))
    (locale,) = compared(before, now).locales
    assert (locale.locale, locale.change, locale.blocks) == ("en", Change.CHANGED, ())
    assert [field.html for field in locale.fields] == [
        "Cultural week <del>opens</del><ins>closes</ins>"
    ]


def test_a_new_language_is_told_in_full_and_so_is_one_that_went():
    before = a_document(locales={"vi": a_localization()})
    (added,) = compared(before, a_document()).locales
    assert (added.locale, added.change) == ("en", Change.ADDED)
    assert {block.change for block in added.blocks} == {Change.ADDED}
    (removed,) = compared(a_document(), before).locales
    assert (removed.locale, removed.change) == ("en", Change.REMOVED)
    assert {block.change for block in removed.blocks} == {Change.REMOVED}


def test_what_follows_from_publication_is_no_difference():
    before = orjson.loads(to_json(a_document()))
    now = {**before, "id": "x", "version": 3, "published_at": "2026-01-01T00:00:00Z"}
    now["locales"] = {
        locale: {**text, "content_hash": "abc", "source_version": 2}
        for locale, text in before["locales"].items()
    }
    assert compare(before, now).same


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ([ONE, TWO], [ONE, TWO], []),
        ([ONE], [ONE, TWO], [("added", None, 1)]),
        ([ONE, TWO], [TWO], [("removed", 0, None)]),
        ([ONE, TWO, THREE], [THREE, ONE, TWO], [("moved", 2, 0)]),
        ([ONE], [replace(ONE, html=ONE.html + " Indeed.")], [("changed", 0, 0)]),
        ([ONE], [Heading(2, "The first")], [("removed", 0, None), ("added", None, 0)]),
        ([ONE], [Paragraph("Nothing in common")], [("removed", 0, None), ("added", None, 0)]),
        (
            [ONE, TWO],
            [Heading(2, "New"), replace(TWO, html=TWO.html + " Indeed."), ONE],
            [("added", None, 0), ("changed", 1, 1)],
        ),
        ([Divider(), ONE, Divider()], [ONE, Divider()], [("removed", 0, None)]),
        ([], [], []),
    ],
)
def test_blocks_are_told_by_what_became_of_them(before, now, told):
    assert bodies(before, now) == told


@pytest.mark.parametrize(
    ("before", "now", "pointers", "html"),
    [
        (
            ListBlock(("one", "two", "three")),
            ListBlock(("one", "three", "four")),
            ["/items/1", "/items/2"],
            "<div><del>two</del></div><div><ins>four</ins></div>",
        ),
        (
            Table((("a", "b"), ("c", "d"))),
            Table((("a", "b"), ("c", "e"))),
            ["/rows/1"],
            "<div>c | <del>d</del><ins>e</ins></div>",
        ),
        (
            Quote("We <em>agree</em> in every point.", "The spokesperson"),
            Quote("We <em>agree</em> in every point.", "The minister"),
            ["/attribution"],
            "<div>The <del>spokesperson</del><ins>minister</ins></div>",
        ),
        (
            Heading(2, "The programme"),
            Heading(3, "The programme"),
            ["/level"],
            "<div><del>2</del><ins>3</ins></div>",
        ),
        (
            Embed("https://a.example/", "A very <b>bold</b> film"),
            Embed("https://b.example/", "A very <b>bold</b> film"),
            ["/url"],
            "<div><del>https://a.example/</del><ins>https://b.example/</ins></div>",
        ),
    ],
)
def test_each_kind_of_block_is_compared_by_its_parts(before, now, pointers, html):
    documents = [a_document(locales={"vi": a_localization(body=(each,))}) for each in (before, now)]
    ((block,),) = [locale.blocks for locale in compared(*documents).locales]
    assert block.change is Change.CHANGED
    assert [field.pointer for field in block.fields] == pointers
    assert block.html == html


def test_lists_and_maps_of_a_language_are_told_as_values():
    texts = [
        a_localization(keywords=("a",)),
        a_localization(keywords=("a", "b"), social={"x": SocialText(text="Hi")}),
    ]
    (locale,) = compared(*(a_document(locales={"vi": text}) for text in texts)).locales
    assert [field.pointer for field in locale.fields] == ["/keywords", "/social"]


def test_markup_in_plain_text_is_shown_as_text():
    texts = [a_localization(title="A"), a_localization(title="<script>alert(1)</script>")]
    (locale,) = compared(*(a_document(locales={"vi": text}) for text in texts)).locales
    assert "<script>" not in locale.fields[0].html


def test_even_two_long_bodies_without_likeness_are_compared_in_time():
    before = [Paragraph(f"word {number} " * 60) for number in range(1_000)]
    now = [Paragraph(f"word {number} other " * 60) for number in range(1_000, 2_000)]
    began = time.monotonic()
    assert bodies(before, now)
    assert time.monotonic() - began < 20
