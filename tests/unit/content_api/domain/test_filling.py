# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.errors import InvalidInput
from communique.events.article import Divider, Heading, Image, ListBlock, Paragraph, Table
from content_api.domain.filling import fill, slug_from
from content_api.domain.segments import segments
from content_api.domain.translation_errors import WouldBeLost
from content_api.testing.translations import ASSET, every_block

BOTH = every_block(arabic=True)
VIETNAMESE = every_block()
SOURCE = {segment.address: segment.text for segment in segments(BOTH, "vi")}
TARGET = {segment.address: segment.text for segment in segments(BOTH, "ar")}
SAME = {address: address for address in SOURCE}


def body(document, locale, blocks):
    return document.with_locale(locale, replace(document.locales[locale], body=tuple(blocks)))


def test_a_new_language_takes_the_form_of_the_source():
    filled = fill(VIETNAMESE, "ar", TARGET, {})
    arabic, known = filled.document.locales["ar"], BOTH.locales["ar"]
    assert arabic == replace(known, slug="khai-mac")
    assert filled.document.media == BOTH.media
    assert filled.pairs == SAME
    assert filled.made == set(SAME)
    assert filled.document.locales["vi"] == VIETNAMESE.locales["vi"]


def test_what_has_no_text_yet_is_left_out():
    texts = {"title": "T", "body.1.html": "P", "body.3.items.1": "I", "body.4.rows.0.1": "C"}
    filled = fill(VIETNAMESE, "fr", texts, {})
    french = filled.document.locales["fr"]
    assert french.body[:3] == (
        Paragraph("P"),
        ListBlock(("I",), ordered=True),
        Table((("", "C"), ("", "")), header=("", ""), caption=None),
    )
    assert [block.type for block in french.body[3:]] == [
        "image",
        "gallery",
        "video",
        "infographic",
        "divider",
    ]
    assert filled.pairs["body.1.items.0"] == "body.3.items.1"


def test_a_new_language_needs_a_title():
    with pytest.raises(InvalidInput) as refusal:
        fill(VIETNAMESE, "ar", {"summary": "S"}, {})
    assert set(refusal.value.errors) == {"/units/title"}


def test_texts_go_to_their_places_and_nothing_else_changes():
    texts = {"title": "T", "body.1.html": "P", "body.4.rows.1.0": "C", "body.9.title": "E"}
    filled = fill(BOTH, "ar", {**texts, f"media.{ASSET}.alt": "A"}, SAME)
    now = {segment.address: segment.text for segment in segments(filled.document, "ar")}
    assert now == {**TARGET, **texts, f"media.{ASSET}.alt": "A"}
    assert filled.pairs == SAME
    assert filled.made == {*texts, f"media.{ASSET}.alt"}


def test_a_new_block_follows_the_one_it_follows_in_the_source():
    blocks = list(BOTH.locales["vi"].body)
    now = body(BOTH, "vi", [*blocks[:1], Heading(3, "Mới"), *blocks[1:]])
    own = body(now, "ar", [Paragraph("كلمة المترجم"), *now.locales["ar"].body])
    targets = {"body.0.text": "body.1.text", "body.2.html": "body.2.html"}
    filled = fill(own, "ar", {"body.1.text": "جديد"}, targets)
    arabic = filled.document.locales["ar"].body
    assert arabic[:3] == (own.locales["ar"].body[0], own.locales["ar"].body[1], Heading(3, "جديد"))
    assert arabic[3:] == own.locales["ar"].body[2:]
    assert filled.pairs == {
        "body.1.text": "body.0.text",
        "body.2.text": "body.1.text",
        "body.3.html": "body.2.html",
    }


def test_a_new_item_goes_into_its_list():
    blocks = list(BOTH.locales["vi"].body)
    blocks[3] = replace(blocks[3], items=("Không", *blocks[3].items))
    targets = {"body.3.items.1": "body.3.items.0", "body.3.items.2": "body.3.items.1"}
    filled = fill(body(BOTH, "vi", blocks), "ar", {"body.3.items.0": "صفر"}, targets)
    assert filled.document.locales["ar"].body[3].items == ("صفر", *BOTH.locales["ar"].body[3].items)
    assert filled.made == {"body.3.items.0"}


def test_text_that_would_be_lost_is_an_error():
    blocks = list(BOTH.locales["vi"].body)
    blocks[3] = replace(blocks[3], items=("Không",))
    with pytest.raises(WouldBeLost) as refusal:
        fill(
            body(BOTH, "vi", blocks),
            "ar",
            {"body.3.items.0": "صفر"},
            {"body.3.items.0": "body.3.items.0"},
        )
    assert set(refusal.value.errors) == {"/segments/body.3.items.1"}


def test_pictures_of_the_translation_stay():
    own = body(BOTH, "ar", [Image(ASSET), Divider(), *BOTH.locales["ar"].body])
    filled = fill(own, "ar", {"title": "T"}, {})
    assert filled.document.locales["ar"].body == own.locales["ar"].body


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đà Nẵng: hội nghị lần thứ 3", "da-nang-hoi-nghi-lan-thu-3"),
        ("L’été à Paris", "l-ete-a-paris"),
        ("外交部", ""),
        ("a" * 300, "a" * 120),
    ],
)
def test_a_title_makes_an_address(title, slug):
    assert slug_from(title) == slug
