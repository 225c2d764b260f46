# SPDX-License-Identifier: EUPL-1.2
"""Blocks, written as Markdown, read back as the same blocks."""

import random

import pytest

from communique.events.article import (
    Divider,
    Embed,
    Gallery,
    Heading,
    Image,
    Infographic,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Video,
)
from communique.ids import new_id
from content_api.api.body_input import LocalizationInputSchema
from content_api.domain import inline
from content_api.domain.bodies.findings import NotBlocks
from content_api.domain.bodies.from_markdown import from_markdown
from content_api.domain.bodies.to_markdown import to_markdown
from content_api.domain.clean import clean_localization
from local_stack.samples import ARTICLES, article

ASSET = new_id()
BLOCKS = [
    Paragraph("https://example.org/a"),
    Paragraph("1. a"),
    Paragraph("# a\n- b"),
    Paragraph("a  b  \nc"),
    Paragraph("x<em> y </em>z"),
    Paragraph('H<sub>2</sub>O <span lang="en">b</span>'),
    Paragraph('<a href="https://example.org/?a=1&amp;b=(2)">https://example.org/</a>'),
    Paragraph("&amp;amp; &lt;b&gt; *x* _y_ ~~z~~ `c` ![a](b)"),
    Paragraph("a<strong>b</strong>c<em>d<strong>e</strong></em>"),
    Paragraph("Table: x"),
    Heading(2, "a # b #"),
    Heading(4, "1. Điều"),
    Quote("— a", "— b"),
    Quote("a<br><br>b"),
    ListBlock(("a", "- b", "1. c <br>d")),
    ListBlock(("a", "b"), ordered=True),
    Table((("a|b", "c<br>d\n"), ("", ""))),
    Table((("a", "b"),), ("x", "y"), "Bảng 1: *"),
    Embed("https://example.org/(a)b"),
    Embed("https://example.org/a", 'it\'s "so"'),
    Image(ASSET),
    Gallery((ASSET,)),
    Gallery((ASSET, ASSET)),
    Video(ASSET),
    Infographic(ASSET),
    Divider(),
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_comes_back(block):
    assert from_markdown(to_markdown((block,))) == (block,)


def test_neighbours_stay_apart():
    blocks = (
        *(ListBlock((each,)) for each in "abc"),
        *(ListBlock((each,), ordered=True) for each in "abc"),
        Table((("a",),), ("b",)),
        Paragraph("Table: no caption"),
        Quote("a"),
        Quote("b"),
    )
    assert from_markdown(to_markdown(blocks)) == blocks


@pytest.mark.parametrize("name", ARTICLES)
def test_every_sample_text_comes_back(name):
    for text in article(name, {"lead-photo": ASSET})["locales"].values():
        body = clean_localization(LocalizationInputSchema().load(text)).body
        assert from_markdown(to_markdown(body)) == body


def test_random_texts_come_back():
    draw = random.Random(20260302)  # no secret
    pieces = [
        "a",
        "Việt",
        " ",
        "  ",
        "\n",
        "*",
        "_",
        "`",
        "[",
        "](",
        "|",
        "#",
        "-",
        "1.",
        "\\",
        "~",
    ]
    pieces += [
        "&lt;",
        "&amp;",
        "&gt;",
        "<em>x</em>",
        "<br>",
        "<sub>2</sub>",
        "https://a.example",
        "!",
    ]
    for _ in range(600):
        html = inline.clean("x" + "".join(draw.choices(pieces, k=12)) + "x")
        blocks = (Paragraph(html), ListBlock((html, html)), Quote(html, "y"), Table(((html,),)))
        assert from_markdown(to_markdown(blocks)) == blocks


def test_the_common_form_is_the_one_people_write():
    blocks = (Heading(2, "A"), Paragraph("b <em>c</em> <strong>d</strong>"), ListBlock(("e", "f")))
    assert to_markdown(blocks) == "## A\n\nb *c* **d**\n\n- e\n- f\n"


def test_nothing_is_written_as_nothing():
    assert to_markdown(()) == ""


def test_a_block_without_a_form_is_named():
    with pytest.raises(NotBlocks, match="Block 1"):
        to_markdown((Divider(), Table((("a", "b"), ("c",)))))
