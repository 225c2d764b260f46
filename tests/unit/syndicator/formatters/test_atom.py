# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime

from lxml import etree

from communique.events.article import Rights
from communique.testing.articles import (
    LEAD,
    a_correction,
    a_retraction,
    an_article,
    an_asset,
    assets_of,
)
from syndicator.formatters.atom import AtomFormatter
from syndicator.ports import Feed, View

NAMESPACES = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LINKS = {each: f"https://mofa.example.org/{each}" for each in ("vi", "en", "fr")}
FEED = Feed(
    id="urn:uuid:01941f29-7c00-7000-8000-0000000000ff",
    title="News & views",
    locale="ja",
    self_url="https://feeds.example.org/ja.atom",
    site_url="https://mofa.example.org/ja",
    updated=datetime(2026, 3, 2, 8, tzinfo=UTC),
    author="Ministry",
    hub_url="https://feeds.example.org/hub",
    alternates={"vi": "https://feeds.example.org/vi.atom"},
)


def joined(article, locale="en", **changes):
    formatter = AtomFormatter()
    values = {"assets": assets_of(article), "links": LINKS} | changes
    view = View(article, "ja", locale, LINKS[locale], **values)
    return etree.fromstring(formatter.join(FEED, [formatter.render(view).body]))


def entry_of(article, locale="en", **changes):
    return joined(article, locale, **changes).find("a:entry", NAMESPACES)


def text(element, path):
    return element.findtext(path, namespaces=NAMESPACES)


def links(element, relation):
    found = element.findall(f"a:link[@rel='{relation}']", NAMESPACES)
    return [(each.get("hreflang"), each.get("href")) for each in found]


def test_identity_stays_and_the_update_moves():
    before, after = entry_of(an_article()), entry_of(a_correction())
    assert text(before, "a:id") == text(after, "a:id") == f"urn:uuid:{an_article().id}"
    assert text(after, "a:published") == text(before, "a:published") == "2026-03-02T02:30:00Z"
    assert text(after, "a:updated") == "2026-03-02T05:30:00Z"
    assert text(after, "a:content").startswith("<p><strong>Correction: ")
    assert text(after, "a:summary").startswith("Correction: ")


def test_the_entry_says_the_language_that_is_served_not_asked_for():
    assert entry_of(an_article(), "fr").get(LANGUAGE) == "fr"


def test_every_language_is_linked_once_the_served_one_first():
    assert links(entry_of(an_article(), "fr"), "alternate") == [
        ("fr", LINKS["fr"]),
        ("vi", LINKS["vi"]),
        ("en", LINKS["en"]),
    ]


def test_the_lead_is_enclosed():
    lead = an_asset(LEAD).rendition("wide")
    assert links(entry_of(an_article()), "enclosure") == [(None, lead.url)]
    assert links(entry_of(an_article(), assets={}), "enclosure") == []


def test_topics_and_keywords_are_categories():
    found = entry_of(an_article()).findall("a:category", NAMESPACES)
    assert [(each.get("scheme"), each.get("term")) for each in found] == [
        ("http://cv.iptc.org/newscodes/mediatopic/", "20000593"),
        (None, "mfa:bilateral-relations"),
        (None, "diplomacy"),
        (None, "India"),
    ]


def test_a_retraction_keeps_its_entry_as_a_notice():
    entry = entry_of(a_retraction(), "fr")
    assert text(entry, "a:id") == f"urn:uuid:{an_article().id}"
    assert text(entry, "a:title").startswith("Retiré : Le Viêt Nam")
    notice = "Le texte a été publié par erreur et a été retiré."
    assert text(entry, "a:content") == f"<p><strong>Retrait : {notice}</strong></p>"


def test_a_retraction_is_a_tombstone_where_the_channel_deletes():
    feed = joined(a_retraction(), options={"retraction_policy": "delete"})
    assert feed.find("a:entry", NAMESPACES) is None
    (tombstone,) = feed.findall("at:deleted-entry", NAMESPACES)
    assert tombstone.get("ref") == f"urn:uuid:{an_article().id}"
    assert tombstone.get("when") == "2026-03-02T07:30:00Z"
    comment = text(tombstone, "at:comment")
    assert comment == "The text was published in error and has been withdrawn."


def test_what_is_not_known_is_left_out():
    article = an_article(speaker=None, rights=Rights())
    english = article.locales["en"]
    entry = entry_of(article)
    assert text(entry, "a:author/a:name") is None
    assert text(entry, "a:rights") is None
    bare = type(english)(english.title, english.slug, ())
    assert text(entry_of(an_article(locales={"en": bare})), "a:summary") is None


def test_the_feed_names_itself_its_hub_and_its_other_languages():
    feed = joined(an_article())
    assert feed.get(LANGUAGE) == "ja"
    assert links(feed, "self") == [(None, "https://feeds.example.org/ja.atom")]
    assert links(feed, "hub") == [(None, "https://feeds.example.org/hub")]
    assert links(feed, "alternate") == [
        ("ja", "https://mofa.example.org/ja"),
        ("vi", "https://feeds.example.org/vi.atom"),
    ]
    assert text(feed, "a:author/a:name") == "Ministry"


def test_a_feed_without_hub_or_entries_is_a_feed():
    plain = Feed(FEED.id, "T", "en", FEED.self_url, FEED.site_url, FEED.updated, "Ministry")
    feed = etree.fromstring(AtomFormatter().join(plain, []))
    assert links(feed, "hub") == []


def test_an_entry_declares_no_namespace():
    view = View(an_article(), "en", "en", LINKS["en"])
    assert b"xmlns" not in AtomFormatter().render(view).body
