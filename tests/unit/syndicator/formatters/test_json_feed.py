# SPDX-License-Identifier: EUPL-1.2
import json
from datetime import UTC, datetime

from communique.testing.articles import a_correction, a_retraction, an_article, assets_of
from syndicator.formatters.json_feed import JsonFeedFormatter
from syndicator.ports import Feed, View

FEED = Feed(
    id="urn:uuid:01941f29-7c00-7000-8000-0000000000ff",
    title="News & views",
    locale="en",
    self_url="https://feeds.example.org/en.json",
    site_url="https://mofa.example.org/en",
    updated=datetime(2026, 3, 2, 8, tzinfo=UTC),
    author="Ministry",
)


def rendered(article, **changes):
    values = {"assets": assets_of(article), "links": {"vi": "https://m.example/vi"}} | changes
    return JsonFeedFormatter().render(View(article, "en", "en", "https://m.example/en", **values))


def item_of(article, **changes):
    return json.loads(rendered(article, **changes).body)


def test_identity_stays_and_the_update_moves():
    before, after = item_of(an_article()), item_of(a_correction())
    assert before["id"] == after["id"] == f"urn:uuid:{an_article().id}"
    assert before["date_published"] == after["date_published"]
    assert after["date_modified"] == "2026-03-02T05:30:00Z"
    assert after["summary"].startswith("Correction: ")


def test_the_version_can_be_acknowledged():
    assert item_of(a_correction())["_communique"] == {
        "version": 2,
        "revision": "correction",
        "alternates": {"vi": "https://m.example/vi"},
    }


def test_pictures_are_there_only_when_they_can_be_shown():
    item = item_of(an_article())
    assert item["banner_image"] != item["image"]
    assert len(item["attachments"]) == 2
    assert not {"image", "banner_image", "attachments"} & set(item_of(an_article(), assets={}))


def test_an_item_without_text_still_has_content():
    english = an_article().locales["en"]
    bare = an_article(locales={"en": type(english)(english.title, english.slug, ())}, media=())
    assert item_of(bare)["content_html"] == "<p></p>"


def test_an_item_without_author_has_none():
    assert "authors" not in item_of(an_article(speaker=None))


def test_a_retraction_is_a_notice_or_nothing():
    assert item_of(a_retraction())["title"].startswith("Withdrawn: ")
    assert rendered(a_retraction(), options={"retraction_policy": "delete"}).body == b""


def test_items_are_joined_and_deleted_ones_leave_no_comma():
    entries = [rendered(an_article()).body, b"", rendered(a_correction()).body]
    feed = json.loads(JsonFeedFormatter().join(FEED, entries))
    assert [each["_communique"]["version"] for each in feed["items"]] == [1, 2]
    assert "hubs" not in feed


def test_an_empty_feed_names_its_hub():
    hub = "https://feeds.example.org/hub"
    with_hub = Feed(FEED.id, "T", "en", FEED.self_url, FEED.site_url, FEED.updated, "M", hub)
    feed = json.loads(JsonFeedFormatter().join(with_hub, []))
    assert feed["items"] == []
    assert feed["hubs"] == [{"type": "WebSub", "url": hub}]
