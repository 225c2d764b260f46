# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime

import pytest
from lxml import etree

from communique.events.article import Localization, MediaRole, MediaUse, Rights
from communique.testing.articles import (
    LEAD,
    a_correction,
    a_retraction,
    an_article,
    an_asset,
    assets_of,
)
from communique.testing.hard_articles import every_block
from syndicator.formatters.rss import RssFormatter
from syndicator.ports import Feed, View

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
LINK = "https://mofa.example.org/a"


def a_view(article, locale="en", **changes):
    values = {"assets": assets_of(article)} | changes
    return View(article, locale, locale, LINK, **values)


def a_feed(**changes):
    values = {
        "id": "urn:uuid:01941f29-7c00-7000-8000-0000000000ff",
        "title": "News & views",
        "locale": "en",
        "self_url": "https://feeds.example.org/en.rss",
        "site_url": "https://mofa.example.org/en",
        "updated": datetime(2026, 3, 2, 8, tzinfo=UTC),
        "author": "Ministry",
    }
    return Feed(**(values | changes))


def item_of(article, locale="en", **changes):
    formatter = RssFormatter()
    entry = formatter.render(a_view(article, locale, **changes)).body
    return etree.fromstring(formatter.join(a_feed(), [entry])).find("channel/item")


def text(element, path):
    return element.findtext(path, namespaces=NAMESPACES)


def test_identity_stays_and_the_update_moves():
    before, after = item_of(an_article()), item_of(a_correction())
    assert text(before, "guid") == text(after, "guid") == f"urn:uuid:{an_article().id}"
    assert before.find("guid").get("isPermaLink") == "false"
    assert text(before, "pubDate") == text(after, "pubDate") == "Mon, 02 Mar 2026 02:30:00 GMT"
    assert text(after, "atom:updated") == "2026-03-02T05:30:00Z"
    assert text(after, "description").startswith("Correction: ")


def test_the_summary_comes_before_the_text():
    tags = [etree.QName(each).localname for each in item_of(an_article())]
    assert tags.index("description") < tags.index("encoded")


def test_the_summary_is_text_for_readers_that_expect_html():
    article = every_block()
    item = item_of(article)
    assert text(item, "title") == 'Terms & <conditions> "apply"'
    assert "<" not in text(item, "description")


def test_one_enclosure_is_the_lead_and_every_picture_is_media():
    item = item_of(an_article())
    lead = an_asset(LEAD).rendition("wide")
    (enclosure,) = item.findall("enclosure")
    assert dict(enclosure.attrib) == {
        "url": lead.url,
        "length": str(lead.bytes),
        "type": "image/jpeg",
    }
    assert len(item.findall("media:content", NAMESPACES)) == 2
    assert item.find("media:thumbnail", NAMESPACES).get("width") == "320"


def test_without_assets_there_is_no_picture_at_all():
    item = item_of(an_article(), assets={})
    assert item.find("enclosure") is None
    assert "<img" not in text(item, "content:encoded")


def test_a_picture_without_thumbnail_has_none():
    asset = an_asset(LEAD)
    wide = an_asset(LEAD, renditions=(asset.rendition("wide"),))
    item = item_of(an_article(), assets={LEAD: wide})
    assert item.find("enclosure") is not None
    assert item.find("media:thumbnail", NAMESPACES) is None


def test_what_is_not_known_is_left_out():
    article = an_article(speaker=None, rights=Rights(), media=())
    item = item_of(article)
    for path in ("dc:creator", "dc:rights", "enclosure"):
        assert text(item, path) is None


def test_a_bare_text_and_picture_have_no_empty_elements():
    use = MediaUse(LEAD, MediaRole.LEAD)
    bare = an_article(media=(use,), locales={"en": Localization("Title", "title", ())})
    item = item_of(bare, assets={LEAD: an_asset(LEAD, credit=None)})
    assert item.find("description") is None
    assert list(item.find("media:content", NAMESPACES)) == []


def test_a_retraction_is_a_notice_or_nothing():
    item = item_of(a_retraction())
    assert text(item, "title").startswith("Withdrawn: ")
    assert "nine documents" not in etree.tostring(item).decode()
    deleted = a_view(a_retraction(), options={"retraction_policy": "delete"})
    assert RssFormatter().render(deleted).body == b""


def test_a_published_article_ignores_the_retraction_policy():
    assert RssFormatter().render(a_view(an_article(), options={"retraction_policy": "delete"})).body


def test_an_entry_declares_no_namespace_and_joins_without_growing():
    formatter = RssFormatter()
    entry = formatter.render(a_view(an_article())).body
    assert b"xmlns" not in entry
    one, three = (formatter.join(a_feed(), [entry] * count) for count in (1, 3))
    assert len(three) - len(one) == 2 * len(entry)


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({}, [("self", "https://feeds.example.org/en.rss", None)]),
        (
            {
                "hub_url": "https://feeds.example.org/hub",
                "alternates": {"vi": "https://f.example/"},
            },
            [
                ("self", "https://feeds.example.org/en.rss", None),
                ("hub", "https://feeds.example.org/hub", None),
                ("alternate", "https://f.example/", "vi"),
            ],
        ),
    ],
)
def test_the_channel_names_itself_its_hub_and_its_other_languages(changes, links):
    channel = etree.fromstring(RssFormatter().join(a_feed(**changes), [])).find("channel")
    found = channel.findall("atom:link", NAMESPACES)
    assert [(each.get("rel"), each.get("href"), each.get("hreflang")) for each in found] == links
    assert [text(channel, path) for path in ("title", "link", "description", "language")] == [
        "News & views",
        "https://mofa.example.org/en",
        "News & views",
        "en",
    ]
