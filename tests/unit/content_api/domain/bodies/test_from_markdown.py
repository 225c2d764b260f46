# SPDX-License-Identifier: EUPL-1.2
"""Markdown becomes blocks; what has no block is named by its line."""

from contextlib import suppress

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
from content_api.domain.bodies.findings import NotBlocks
from content_api.domain.bodies.from_markdown import from_markdown

ASSET = new_id()


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("## Chương trình", Heading(2, "Chương trình")),
        ("Chương trình\n---", Heading(2, "Chương trình")),
        (
            "Mở cửa *tự do* **mọi** ngày",
            Paragraph("Mở cửa <em>tự do</em> <strong>mọi</strong> ngày"),
        ),
        ("a\\\nb", Paragraph("a<br>\nb")),
        ("H<sub>2</sub>O", Paragraph("H<sub>2</sub>O")),
        ("1 < 2 & 3", Paragraph("1 &lt; 2 &amp; 3")),
        ("- a\n- *b*", ListBlock(("a", "<em>b</em>"))),
        ("- a\n\n- b", ListBlock(("a", "b"))),
        ("1. a\n2. b", ListBlock(("a", "b"), ordered=True)),
        ("> a\n>\n> b", Quote("a<br><br>b")),
        ("> a\n>\n> — The Office", Quote("a", "The Office")),
        ("> — a", Quote("— a")),
        ("|a|b|\n|-|-|\n|1|*2*|", Table((("1", "<em>2</em>"),), ("a", "b"))),
        ("|a|\n|-|\n|1|\n\nTable: One", Table((("1",),), ("a",), "One")),
        ("***", Divider()),
        ("https://example.org/a", Embed("https://example.org/a")),
        ("<https://example.org/a>", Embed("https://example.org/a")),
        ('[](https://example.org/a "A film")', Embed("https://example.org/a", "A film")),
        (f"![](asset:{ASSET})", Image(ASSET)),
        (f"![](asset:{ASSET})\n![](asset:{ASSET})", Gallery((ASSET, ASSET))),
        (f'![](asset:{ASSET} "gallery")', Gallery((ASSET,))),
        (f'![](asset:{ASSET} "video")', Video(ASSET)),
        (f'![](asset:{ASSET} "infographic")', Infographic(ASSET)),
    ],
)
def test_each_form_has_its_block(text, block):
    assert from_markdown(text) == (block,)


def test_a_decomposed_text_is_composed():
    assert from_markdown("## Vie\u0302\u0323t\n\ne&#x301;") == (Heading(2, "Việt"), Paragraph("é"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x\n\n# Title", "Line 3: a heading has level 2 to 4"),
        ("##### Deep", "level 2 to 4"),
        ("## A *b*", "Line 1: a heading is plain text"),
        ("x\n\n```\ncode\n```", "Line 3: fence has no block"),
        ("    code", "code block has no block"),
        ("a `b`", "can stand in running text"),
        ("a\n\n<div>b</div>", "Line 3: only text"),
        ("<script>alert(1)</script>", "only text"),
        ("a <!-- b -->", "only text"),
        ("[a](javascript:alert(1))", None),
        ("[a](/relative)", "absolute links"),
        ("![](https://example.org/a.png)", "asset: and its id"),
        ("![](asset:1)", "asset: and its id"),
        (f"![A view](asset:{ASSET})", "alternative text"),
        (f'![](asset:{ASSET} "poster")', "the title of a picture"),
        (f"text ![](asset:{ASSET})", "only text"),
        ("3. a\n4. b", "begins at 1"),
        ("- a\n  - b", "an item of a list is one paragraph"),
        ("- a\n\n  b", "an item of a list is one paragraph"),
        ("> - a", "a quotation holds paragraphs only"),
        ("> a\n>\n> — *b*", "an attribution is plain text"),
        ("|a|\n|:-:|\n|b|", "no alignment"),
        ("|a|\n|-|", "a row beside its header"),
    ],
)
def test_what_has_no_block_is_named_by_its_line(text, says):
    if says is None:  # CommonMark reads it as plain text, and so it stays
        assert from_markdown(text) == (Paragraph("[a](javascript:alert(1))"),)
        return
    with pytest.raises(NotBlocks, match=says.replace("(", r"\(")):
        from_markdown(text)


def test_every_wrong_line_is_named_at_once():
    with pytest.raises(NotBlocks) as caught:
        from_markdown("# A\n\n`b`\n\nc\n\n    d")
    assert [finding.partition(":")[0] for finding in caught.value.findings] == [
        "Line 1",
        "Line 3",
        "Line 7",
    ]


@pytest.mark.parametrize("text", [">" * 50_000, "[" * 50_000, "*a " * 20_000, "- " * 20_000 + "x"])
@pytest.mark.timeout(10)
def test_a_hostile_text_ends_soon(text):
    with suppress(NotBlocks):
        assert from_markdown(text)
