# SPDX-License-Identifier: EUPL-1.2
from typing import get_args

import pytest

from communique.events import article as blocks
from communique.events.article import Embed, Gallery, Heading, Image, Paragraph, Quote, Table, Video
from communique.events.media import Rendition
from communique.testing.articles import INLINE, LEAD, an_article, an_asset, assets_of
from syndicator.domain.markup import BLOCKS, HtmlWriter
from syndicator.domain.pictures import Album

BASE = "https://mofa.example.org/en/a"


def write(*body, assets=None):
    article = an_article()
    album = Album(article, "en", assets_of(article) if assets is None else assets)
    return HtmlWriter(album, BASE).write(body)


def test_every_kind_of_block_has_its_html():
    assert set(BLOCKS) == set(get_args(blocks.Block))


def test_text_cannot_break_out():
    assert write(Heading(2, "<b> & co\x00")) == "<h2>&lt;b&gt; &amp; co</h2>"


def test_a_quote_names_whose_words_they_are():
    html = write(Quote("Yes", "A & B"))
    assert html == "<blockquote><p>Yes</p><p>— <cite>A &amp; B</cite></p></blockquote>"


def test_a_picture_has_alt_size_caption_and_credit():
    html = write(Image(INLINE))
    assert 'alt="Two delegations facing each other at a long table"' in html
    assert 'width="800" height="533"' in html
    assert "<figcaption>Talks in Hanoi · Bộ Ngoại giao</figcaption>" in html


def test_a_picture_without_rendition_leaves_nothing():
    blocks_of_pictures = (Image(INLINE), Gallery((LEAD, INLINE)), Video(LEAD))
    assert write(*blocks_of_pictures, assets={}) == ""


def test_a_gallery_leaves_out_only_what_is_missing():
    assert write(Gallery((LEAD, INLINE)), assets={LEAD: an_asset(LEAD)}).count("<figure>") == 1


def test_a_clip_plays_when_it_is_made_and_shows_its_poster_before():
    assert write(Video(LEAD)).startswith("<figure>")
    poster = an_asset(LEAD).renditions
    film = Rendition("film", "https://media.example.org/f.mp4", "video/mp4", 1280, 720, 9, "0" * 64)
    made = an_asset(LEAD, renditions=(*poster, film))
    assert write(Video(LEAD), assets={LEAD: made}).startswith(
        '<video controls src="https://media.example.org/f.mp4" poster="https://media.example.org/'
    )
    bare = an_asset(LEAD, renditions=(film,))
    assert "poster" not in write(Video(LEAD), assets={LEAD: bare})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/relative", "data:text/html,x"])
def test_an_embed_links_only_to_the_web(url):
    assert write(Embed(url), Paragraph("after")) == "<p>after</p>"


def test_a_table_has_head_and_caption_only_when_given():
    assert write(Table((("a",),))) == "<table><tbody><tr><td>a</td></tr></tbody></table>"
    full = write(Table((("a",),), ("H",), "C"))
    assert full.startswith("<table><caption>C</caption><thead><tr><th>H</th></tr></thead>")
