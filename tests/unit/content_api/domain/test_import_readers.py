# SPDX-License-Identifier: EUPL-1.2
"""Each format is read for what it says; what it does not say is a reason, never a guess."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from content_api.domain.imports.feeds import last_step, read_feed
from content_api.domain.imports.front_matter import read_page
from content_api.domain.imports.item import Form, Unread, Unreadable
from content_api.domain.imports.ninjs import read_ninjs
from content_api.domain.imports.wxr import read_wxr

SAMPLES = Path(__file__).parents[3] / "samples" / "imports"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>"""
EXTERNAL = b"""<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/a.dtd"><rss version="2.0"><channel><item/>
</channel></rss>"""
DEEP = b"<rss>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</rss>"


def sample(name):
    return (SAMPLES / name).read_bytes()


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_ninjs_1_is_read():
    (item,) = read_ninjs(sample("ninjs-1.json"))
    assert (item.id, item.title, item.language) == ("urn:old:2015:1", "Cultural week opens", "en")
    assert item.published_at == at(2015, 3, 2, 2, 30)
    assert item.modified_at == at(2015, 3, 2, 4)
    assert (item.authors, item.categories) == (("Press office",), ("medtop:20000038",))
    assert item.text.startswith("<h2>Programme</h2>")


def test_ninjs_2_is_read_and_what_is_not_is_told():
    item, picture, homeless = read_ninjs(sample("ninjs-2.json"))
    assert item.text == "<p>Mở cửa <b>tự do</b>.</p>"
    assert item.published_at == at(2018, 7, 2, 2)
    assert picture == Unread("urn:old:2018:3", ("is picture with status usable",), problem=False)
    assert "does not say its offset" in homeless.reasons[0]


def test_ninjs_3_is_read_line_by_line():
    first, second = read_ninjs(sample("ninjs-3.ndjson"))
    assert first.text == "<p>First paragraph.</p><p>Second paragraph.</p>"
    assert first.categories == ("statement", "Biển")
    assert second.language == "de"


@pytest.mark.parametrize(
    "item",
    [1, "a", {}, {"uri": 1}, {"uri": "a", "versioncreated": 5}, {"uri": "a", "headline": []}],
)
def test_a_broken_ninjs_item_is_one_problem(item):
    (read,) = read_ninjs(orjson.dumps([item]))
    assert isinstance(read, Unread)
    assert read.problem


def test_rss_is_read():
    item, other = read_feed(sample("feed.rss"))
    assert (item.id, item.slug, item.language) == ("old-11", "tuyen-bo-an-toan-tren-bien", "vi-VN")
    assert item.published_at == at(2020, 3, 2, 2, 30)
    assert item.categories == ("Tuyên bố", "Biển", "Chưa phân loại")
    assert item.summary == "<p>Tóm tắt &amp; ngắn.</p>"
    assert "unknown.jpg" in other.text


def test_atom_is_read():
    item, elsewhere = read_feed(sample("feed.atom"))
    assert (item.id, item.language) == ("urn:old:atom:1", "en")
    assert "<p>An <em>evening</em> of music.</p>" in item.text
    assert (item.published_at, item.modified_at) == (at(2021, 3, 1, 2, 30), at(2021, 3, 2, 2, 30))
    assert elsewhere == Unread("urn:old:atom:2", ("the text is not in the feed",))


def test_wordpress_is_read():
    post, classic, gallery, draft = read_wxr(sample("wordpress.xml"))
    assert (post.slug, post.authors) == ("hoi-thao-van-hoa", ("webmaster",))
    assert (post.categories, post.keywords) == (("Văn hoá",), ("hội thảo",))
    assert (post.published_at, post.modified_at) == (at(2020, 3, 2, 2, 30), at(2020, 3, 3, 2, 30))
    assert "<!--" not in post.text
    paragraphs = "<p>First paragraph<br>second line.</p>\n<h2>Part</h2>\n<p>Last paragraph.</p>"
    assert classic.text == paragraphs
    assert gallery == Unread(
        "https://old.example.org/?p=23", ("the text holds a shortcode: [gallery]",)
    )
    assert not draft.problem


def test_a_page_is_read():
    item = read_page("a.md", sample("pages/2019/bien-dong.md"))
    assert (item.form, item.slug, item.keywords) == (Form.MARKDOWN, "hop-tac-cuu-nan", ("cứu nạn",))
    assert item.published_at == at(2019, 5, 6, 1)
    assert item.text.startswith("## Diễn tập")


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (b"no front matter", "has no front matter"),
        (b"---\ntitle: a\n", "does not end"),
        (b"---\n- a\n---\nb", "is no mapping"),
        (b"---\ntitle: [\n---\nb", "no YAML"),
        (b"---\ntitle: a\nmood: b\n---\nc", "has mood"),
        (b"---\ntitle: 1\ndate: 2019-05-06T08:00:00Z\n---\nc", "title is no text"),
        (b"---\ntitle: a\n---\nc", "date is missing"),
        (b"---\ntitle: a\ndate: 2019-05-06\n---\nc", "a day without a time"),
        (b"---\ntitle: a\ndate: 2019-05-06T08:00:00\n---\nc", "does not say its offset"),
        (b"---\ntitle: a\ndate: soon\n---\nc", "is no date"),
        (b"---\nx: &a [b]\ny: *a\n---\nc", "aliases are not allowed"),
        (b"---\n" + b"[" * 5_000 + b"\n---\nc", "no YAML"),
        (b"---\ntitle: a\ntags: {b: c}\ndate: 2019-05-06T08:00:00Z\n---\nc", "no list of texts"),
        (b"\xff\xfe", "decode"),
    ],
)
def test_a_broken_page_is_one_problem(page, says):
    read = read_page("a.md", page)
    assert isinstance(read, Unread)
    assert says in read.reasons[0]


@pytest.mark.parametrize("read", [read_feed, read_wxr])
@pytest.mark.parametrize("document", [BOMB, FILE, EXTERNAL, DEEP, b"", b"<rss", b"<a/>", b"{}"])
@pytest.mark.timeout(10)
def test_hostile_and_broken_xml_is_refused(read, document):
    with pytest.raises(Unreadable):
        list(read(document))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_declaration_is_found_in_any_encoding(encoding):
    text = '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item/></channel></rss>'
    with pytest.raises(Unreadable, match="document type"):
        list(read_feed(text.encode(encoding)))


def test_a_plain_feed_is_no_wordpress_export():
    with pytest.raises(Unreadable, match="WordPress"):
        list(read_wxr(sample("feed.rss")))


@pytest.mark.parametrize("document", [b"{", b"[1,", b'{"uri": "a"}\n{'])
def test_what_is_not_json_is_refused(document):
    with pytest.raises(Unreadable):
        list(read_ninjs(document))


@pytest.mark.parametrize(
    ("date", "says"),
    [("", "missing"), ("soon", "no date"), ("Mon, 02 Mar 2020 09:30:00 -0000", "offset")],
)
def test_an_rss_item_without_a_moment_is_one_problem(date, says):
    item = f"<item><guid>1</guid><description>a</description><pubDate>{date}</pubDate></item>"
    (read,) = read_feed(f"<rss><channel>{item}</channel></rss>".encode())
    assert isinstance(read, Unread)
    assert says in read.reasons[0]


@pytest.mark.parametrize(
    ("address", "step"),
    [
        ("https://a.example/b/c-d.html?e", "c-d"),
        ("https://a.example/b/", "b"),
        ("https://a.example/", None),
        ("", None),
    ],
)
def test_the_last_step_of_an_address(address, step):
    assert last_step(address) == step
