# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.events.article import MediaRole, MediaUse, Paragraph, Table
from content_api.domain.following import follow
from content_api.domain.segments import segments
from content_api.testing.translations import ASSET, every_block

DOCUMENT = every_block()


def test_every_text_of_every_block_is_a_segment():
    found = {segment.address: segment.text for segment in segments(DOCUMENT, "vi")}
    assert list(found) == [
        "title",
        "short_title",
        "summary",
        "body.0.text",
        "body.1.html",
        "body.2.html",
        "body.2.attribution",
        "body.3.items.0",
        "body.3.items.1",
        "body.4.caption",
        "body.4.header.0",
        "body.4.header.1",
        "body.4.rows.0.0",
        "body.4.rows.0.1",
        "body.4.rows.1.0",
        "body.9.title",
        f"media.{ASSET}.alt",
        f"media.{ASSET}.caption",
    ]
    assert found["body.3.items.1"].startswith("Mục hai")


def test_there_are_none_in_a_language_that_is_not_there():
    assert segments(DOCUMENT, "fr") == ()


@pytest.mark.parametrize(
    ("address", "most"),
    [("title", 300), ("body.1.html", 20_000), ("body.4.rows.0.1", 2_000), ("body.4.caption", 500)],
)
def test_a_segment_knows_its_bounds(address, most):
    by_address = {segment.address: segment for segment in segments(DOCUMENT, "vi")}
    assert by_address[address].most == most
    assert by_address[f"media.{ASSET}.alt"].most == 1_000


def test_a_picture_used_twice_has_two_names():
    use = MediaUse(ASSET, MediaRole.GALLERY, alt={"vi": "Lần hai"})
    twice = replace(DOCUMENT, media=(*DOCUMENT.media, use))
    assert segments(twice, "vi")[-1].address == f"media.{ASSET}:2.alt"


def source(change):
    text = DOCUMENT.locales["vi"]
    return DOCUMENT.with_locale("vi", replace(text, body=change(text.body)))


def test_segments_are_followed_past_an_insertion():
    now = source(lambda body: (Paragraph("Một đoạn hoàn toàn mới."), *body))
    followed = follow(DOCUMENT, now, "vi")
    assert followed["title"] == "title"
    assert followed["body.4.rows.1.0"] == "body.5.rows.1.0"
    assert len(followed) == len(segments(DOCUMENT, "vi"))


def test_items_are_followed_within_a_list():
    def change(body):
        items = ("Mục mới tinh", *reversed(body[3].items))
        return (*body[:3], replace(body[3], items=items), *body[4:])

    followed = follow(DOCUMENT, source(change), "vi")
    assert followed["body.3.items.0"] == "body.3.items.2"
    assert followed["body.3.items.1"] == "body.3.items.1"


def test_cells_are_followed_when_a_row_and_a_column_come_in():
    before = Table((("Hà Nội", "12"), ("Huế", "7")), header=("Thành phố", "Số"))
    now = Table(
        (("Hà Nội", "x", "12"), ("Đà Nẵng", "y", "9"), ("Huế", "z", "7")),
        header=("Thành phố", "Ghi chú", "Số"),
    )
    followed = follow(source(lambda _: (before,)), source(lambda _: (now,)), "vi")
    assert followed["body.0.rows.1.1"] == "body.0.rows.2.2"
    assert followed["body.0.header.1"] == "body.0.header.2"


def test_a_cell_that_was_rewritten_stays_itself():
    before = Table((("1", "2"), ("3", "4")))
    now = Table((("1", "9"), ("3", "4")))
    followed = follow(source(lambda _: (before,)), source(lambda _: (now,)), "vi")
    assert followed["body.0.rows.0.1"] == "body.0.rows.0.1"
