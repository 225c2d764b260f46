# SPDX-License-Identifier: EUPL-1.2
"""HTML becomes blocks; what has no block is named by its line and element."""

from contextlib import suppress

import pytest

from communique.events.article import (
    Divider,
    Embed,
    Gallery,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from communique.ids import new_id
from content_api.domain.bodies.findings import NotBlocks, Picture
from content_api.domain.bodies.from_html import Leave, from_html

ASSET = new_id()
IMAGE = f'<img src="asset:{ASSET}">'


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ('<h2 class="a">Chương <span>trình</span></h2>', Heading(2, "Chương trình")),
        ("<p>a <i>b</i> <b>c</b>\n d</p>", Paragraph("a <em>b</em> <strong>c</strong> d")),
        ("<p>a<br />b</p>", Paragraph("a<br>b")),
        ("alone", Paragraph("alone")),
        ("<div><section>a</section></div>", Paragraph("a")),
        (
            '<p><a href="https://example.org/?a&amp;b" target="_blank" rel="noopener">x</a></p>',
            Paragraph('<a href="https://example.org/?a&amp;b">x</a>'),
        ),
        ("<ul><li>a<li><p>b</p></ul>", ListBlock(("a", "b"))),
        ("<ol><li>a</li></ol>", ListBlock(("a",), ordered=True)),
        ("<blockquote>a</blockquote>", Quote("a")),
        ("<blockquote><p>a<p>b</p><footer>c</footer></blockquote>", Quote("a<br><br>b", "c")),
        (
            "<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>",
            Quote("a", "b"),
        ),
        (
            "<table><caption>c</caption><tr><th>a<th>b<tr><td>1<td>2</table>",
            Table((("1", "2"),), ("a", "b"), "c"),
        ),
        (
            "<figure><table><tr><td>1</td></tr></table><figcaption>c</figcaption></figure>",
            Table((("1",),), (), "c"),
        ),
        (f"<figure>{IMAGE}</figure>", Image(ASSET)),
        (f"<p>{IMAGE} {IMAGE}</p>", Gallery((ASSET, ASSET))),
        ("<p>https://example.org/a</p>", Embed("https://example.org/a")),
        ("<figure><div>\nhttps://example.org/a\n</div></figure>", Embed("https://example.org/a")),
        (
            '<p><a href="https://example.org/a">https://example.org/a</a></p>',
            Embed("https://example.org/a"),
        ),
        (
            '<p><a href="https://example.com/">https://example.org/a</a></p>',
            Paragraph('<a href="https://example.com/">https://example.org/a</a>'),
        ),
        ("<hr>", Divider()),
        ("<p>e&#x301;</p>", Paragraph("é")),
    ],
)
def test_each_element_has_its_block(html, block):
    assert from_html(html).blocks == (block,)


@pytest.mark.parametrize("html", ["", " \n", "<p></p>", "<p>&nbsp;</p>", "<div><p><br></p></div>"])
def test_what_shows_nothing_is_nothing(html):
    assert from_html(html).blocks == ()


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("a\n<h1>b</h1>", "Line 2: <h1> has no block"),
        ("<pre>a</pre>", "<pre> has no block"),
        ("<p>a <u>b</u>", "<u>: only text"),
        ('<iframe src="https://example.org/"></iframe>', "<iframe>"),
        ("<script>a</script>", "<script>"),
        ("<p>a <code></code></p>", "<code>"),
        ("<video></video>", "<video>"),
        ("<p>a<!-- b --></p>", "a comment"),
        ("<!DOCTYPE html><p>a", "a declaration"),
        ("<?php a ?><p>a", "an instruction"),
        ('<p style="color:red">a</p>', "<p style>"),
        ('<p onclick="a">a</p>', "<p onclick>"),
        ('<td colspan="2">a</td>', "<td>"),
        ('<table><tr><td colspan="2">a</table>', "<td colspan>"),
        ("<table><tr><td>a<tr><th>b</table>", "<th> stands in the first row"),
        ("<table><tr><th>a</table>", "a row beside its header"),
        ("<table>x<tr><td>a</table>", "text outside its cells"),
        ("<table><colgroup></colgroup><tr><td>a</table>", "<colgroup>"),
        ("<ul>x<li>a</ul>", "text outside its items"),
        ("<ul><p>a</p></ul>", "is no item"),
        ("<ul><li>a<ul><li>b</ul></ul>", "<ul>: only text"),
        ("<blockquote><ul><li>a</ul></blockquote>", "holds paragraphs only"),
        ("<h2>a <em>b</em></h2>", "<em>: a heading is plain text"),
        ('<a href="javascript:a">b</a>', "only text"),
        ('<a href="/a">b</a>', "only text"),
        ('<img src="https://example.org/a.png">', "asset: and its id"),
        (f'<img src="asset:{ASSET}" alt="a">', "alternative text"),
        (f"<p>a {IMAGE}</p>", "inside a text"),
        (f"<figure>{IMAGE}<figcaption>a</figcaption></figure>", "stands in media"),
        ("<figure><figcaption>a</figcaption></figure>", "belongs to nothing"),
        ("<p>a</b></p>", "</b> closes nothing"),
        ("<p><em>a</p>", "<em> is never closed"),
        ("<div><div>a</div>", "<div> is never closed"),
        ("<p>a <em", "ends inside a tag"),
        ('<p lang="a" lang="b">a', "an attribute twice"),
        ("<div>" * 500, "nested too deeply"),
    ],
)
def test_what_has_no_block_is_named(html, says):
    with pytest.raises(NotBlocks, match=says):
        from_html(html)


def test_what_somebody_has_said_may_go_goes():
    leave = Leave(
        pictures={"https://example.org/a.png": ASSET, "https://example.org/b.png": None},
        attributes=frozenset({"style"}),
        describe=True,
    )
    body = from_html(
        '<figure><img src="https://example.org/a.png" alt="A view"><figcaption>Seen</figcaption>'
        '</figure><p><img src="https://example.org/b.png"></p><p style="color:red">a</p>',
        leave,
    )
    assert body.blocks == (Image(ASSET), Paragraph("a"))
    assert body.pictures == (Picture(ASSET, "A view", "Seen"),)


@pytest.mark.parametrize(
    "html", ["<b>" * 200_000, "</b>" * 200_000, "<p>a" * 100_000, "<" * 200_000]
)
@pytest.mark.timeout(20)
def test_a_hostile_text_ends_soon(html):
    with suppress(NotBlocks):
        assert from_html(html).blocks
