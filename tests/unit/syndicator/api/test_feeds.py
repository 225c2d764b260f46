# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import feedparser
import pytest

from communique.testing.articles import a_correction, a_retraction, an_article
from syndicator.domain.channel import LocaleChoice, RetractionPolicy, Selector
from syndicator.testing.builders import a_channel, a_social_channel
from syndicator.use_cases.plan import plan_version

NOTICE = RetractionPolicy.NOTICE


def publish(wired, *versions):
    for version in versions:
        plan_version(version, wired.deps)
        wired.deliver_all()


@pytest.fixture
def embassy(wired):
    wired.add(a_channel(retraction_policy=NOTICE))


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_a_feed_shows_the_article_under_one_identity_through_all_versions(
    wired, client, embassy, extension
):
    seen = []
    for version in (an_article(media=()), a_correction(media=()), a_retraction()):
        publish(wired, version)
        feed = feedparser.parse(client.get(f"/feeds/embassy-hanoi.en.{extension}").data)
        assert not feed.bozo
        seen.append([(entry.id, entry.title) for entry in feed.entries])
    assert [len(entries) for entries in seen] == [1, 1, 1]
    assert len({entries[0][0] for entries in seen}) == 1
    assert "Withdrawn" in seen[2][0][1]


def test_the_first_language_is_served_without_naming_it(wired, client, embassy):
    publish(wired, an_article(media=()))
    short = client.get("/feeds/embassy-hanoi.json")
    assert short.data == client.get("/feeds/embassy-hanoi.vi.json").data
    assert short.headers["Content-Language"] == "vi"
    assert short.json["items"][0]["title"] == an_article().locales["vi"].title


def test_a_language_that_falls_back_serves_what_it_falls_back_to(wired, client):
    wired.add(a_channel(locales=(LocaleChoice("ja", ("en",)),)))
    publish(wired, an_article(media=()))
    (item,) = client.get("/feeds/embassy-hanoi.ja.json").json["items"]
    assert item["title"] == an_article().locales["en"].title


@pytest.mark.parametrize("extension", ["rss", "atom", "json"])
def test_an_empty_feed_is_a_valid_feed(client, embassy, extension):
    answer = client.get(f"/feeds/embassy-hanoi.{extension}")
    assert answer.status_code == 200
    if extension == "json":
        assert answer.json["items"] == []
    else:
        assert not feedparser.parse(answer.data).bozo


@pytest.mark.parametrize("extension", ["rss", "json"])
def test_a_deleted_entry_is_no_longer_in_the_feed(wired, client, extension):
    wired.add(a_channel())
    publish(wired, an_article(media=()), a_retraction())
    body = client.get(f"/feeds/embassy-hanoi.{extension}").data
    assert an_article().id.encode() not in body


def test_a_deleted_entry_leaves_a_tombstone_in_atom(wired, client):
    wired.add(a_channel())
    publish(wired, an_article(media=()), a_retraction())
    assert b"deleted-entry" in client.get("/feeds/embassy-hanoi.atom").data


def test_who_has_it_already_gets_304(wired, client, embassy):
    publish(wired, an_article(media=()))
    first = client.get("/feeds/embassy-hanoi.rss")
    by_tag = client.get(
        "/feeds/embassy-hanoi.rss", headers={"If-None-Match": first.headers["ETag"]}
    )
    moment = {"If-Modified-Since": first.headers["Last-Modified"]}
    by_time = client.get("/feeds/embassy-hanoi.rss", headers=moment)
    assert [by_tag.status_code, by_time.status_code] == [304, 304]
    assert by_tag.data == b""
    publish(wired, a_correction(media=()))
    again = client.get("/feeds/embassy-hanoi.rss", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_head_has_the_headers_and_no_body(client, embassy):
    answer = client.head("/feeds/embassy-hanoi.rss")
    assert (answer.status_code, answer.data) == (200, b"")
    assert "ETag" in answer.headers


@pytest.mark.parametrize(
    "file",
    [
        "nobody.rss",
        "embassy-hanoi",
        "embassy-hanoi.pdf",
        "embassy-hanoi.fr.rss",
        "embassy-hanoi.a.b.rss",
        "social-en.rss",
    ],
)
def test_what_is_not_there_is_404(wired, client, embassy, file):
    wired.add(a_social_channel())
    answer = client.get(f"/feeds/{file}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_people_are_shown_which_feeds_there_are(wired, client, embassy):
    wired.add(a_channel(name="evil", title={"vi": "<script>alert(1)</script>"}), a_social_channel())
    page = client.get("/feeds").get_data(as_text=True)
    assert "https://feeds.example/feeds/embassy-hanoi.vi.atom" in page
    assert "<script>" not in page
    assert "social-en" not in page


def test_a_retraction_says_why_where_the_feed_no_longer_selects_the_article(wired, client, embassy):
    publish(wired, an_article(media=()))
    channel = wired.store.kept.channels["embassy-hanoi"].channel
    wired.add(replace(channel, selector=Selector(missions=("embassy-paris",))))
    publish(wired, a_retraction())
    (entry,) = feedparser.parse(client.get("/feeds/embassy-hanoi.en.atom").data).entries
    assert "published in error" in entry.summary
