# SPDX-License-Identifier: EUPL-1.2
"""Sitemaps, structured data and cards for other sites."""

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import orjson
import pytest
from lxml import etree

from communique.events.article import MediaRole, MediaUse
from content_api.testing.builders import a_document, a_localization, with_slugs
from content_api.testing.desk import Desk
from content_api.use_cases.retract import retract

SITE = "https://www.example.org"
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
ASSET = "01941f29-7c00-7000-9000-000000000001"


@pytest.fixture
def desk(store):
    return Desk(store.deps())


@pytest.fixture
def get(app):
    return app.test_client().get


@pytest.fixture
def everything(desk, store):
    """Two live articles, and a withdrawn, a waiting and a draft one that nobody may learn of."""
    desk.live(a_document())
    chinese = a_document().with_locale("zh-Hans", a_localization(title="<文化>周", slug="zh"))
    desk.live(with_slugs(chinese, "two"))
    gone = desk.live(with_slugs(a_document(), "hidden-gone"))
    retract(gone.id, {"vi": "Rút."}, store.deps(), caller="publisher", seen=1)
    until = store.moment + timedelta(minutes=1)
    waiting = with_slugs(a_document(embargo_until=until), "hidden-waiting")
    desk.publish(desk.approve(desk.create(waiting)))
    desk.create(with_slugs(a_document(), "hidden-draft"))


def read(answer):
    assert answer.status_code == 200
    assert answer.content_type == "application/xml"
    return etree.fromstring(answer.data)


def locations(answer):
    return [each.text for each in read(answer).iterfind(".//s:loc", SPACES)]


def valid(documents):
    folder = os.environ.get("COMMUNIQUE_SCHEMAS")  # noqa: TID251  # tests read it here
    if not folder:
        pytest.skip("COMMUNIQUE_SCHEMAS is not set: the official schemas are not at hand")
    schema = etree.XMLSchema(etree.parse(Path(folder) / "sitemap" / "all.xsd"))
    for document in documents:
        schema.assertValid(document)


def test_the_index_leads_to_every_page_and_to_nothing_else(get, everything):
    files = locations(get("/sitemap.xml"))
    assert files == [f"{SITE}/sitemaps/{each}/2026-03-1.xml" for each in ("en", "vi", "zh-Hans")]
    pages = [page for file in files for page in locations(get(file.removeprefix(SITE)))]
    assert len(pages) == len(set(pages)) == 5
    for page in pages:
        assert get(page.removeprefix(SITE)).status_code == 200


def test_what_is_withdrawn_or_waits_is_in_no_sitemap(get, everything):
    for path in ("/sitemap.xml", "/sitemaps/vi/2026-03-1.xml", "/news-sitemap.xml"):
        assert "hidden" not in get(path).text


def test_every_language_lists_all_and_where_strangers_go(get, everything):
    root = read(get("/sitemaps/zh-Hans/2026-03-1.xml"))
    links = {each.get("hreflang"): each.get("href") for each in root.iterfind(".//x:link", SPACES)}
    assert set(links) == {"en", "vi", "zh-Hans", "x-default"}
    assert links["x-default"] == links["en"] == f"{SITE}/articles/en/cultural-week-opens-two"


def test_a_big_month_has_parts(get, desk, monkeypatch):
    monkeypatch.setattr("content_api.api.sitemaps.PART", 2)
    for number in range(5):
        desk.live(with_slugs(a_document(), str(number)))
    files = [each for each in locations(get("/sitemap.xml")) if "/en/" in each]
    assert [file.rpartition("-")[2] for file in files] == ["1.xml", "2.xml", "3.xml"]
    pages = [page for file in files for page in locations(get(file.removeprefix(SITE)))]
    assert len(pages) == len(set(pages)) == 5


@pytest.mark.parametrize(
    "path", ["en/2026-03-2.xml", "en/2026-13-1.xml", "en/0000-01-1.xml", "EN/2026-03-1.xml", "en/x"]
)
def test_another_part_is_not_there(get, everything, path):
    assert get(f"/sitemaps/{path}").status_code == 404


def test_news_are_those_of_two_days(get, everything, store):
    root = read(get("/news-sitemap.xml"))
    assert len(root) == 5
    languages = {each.text for each in root.iterfind(".//n:language", SPACES)}
    assert languages == {"en", "vi", "zh-cn"}
    assert "<文化>周" in {each.text for each in root.iterfind(".//n:title", SPACES)}
    store.pass_time(timedelta(days=2))
    assert locations(get("/news-sitemap.xml")) == []


def test_there_are_at_most_a_thousand_news(get, everything, monkeypatch):
    monkeypatch.setattr("content_api.api.sitemaps._MOST_NEWS", 3)
    assert len(locations(get("/news-sitemap.xml"))) == 3


def test_they_are_valid_by_the_official_schemas(get, everything):
    paths = ("/sitemaps/vi/2026-03-1.xml", "/news-sitemap.xml")
    valid([read(get(path)) for path in paths])


def test_robots_are_led_to_the_sitemaps(get):
    text = get("/robots.txt").text
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /previews/" in text


def described(get, path):
    [text] = re.findall('<script type="application/ld.json">(.*)</script>', get(path).text)
    assert "<" not in text
    return orjson.loads(text)


def test_a_page_describes_its_article(desk, get):
    use = MediaUse(ASSET, MediaRole.LEAD, alt={"vi": "Hai đoàn"}, credit="Bộ Ngoại giao")
    text = a_localization(
        title="Một </script> hai", slug="trang", correction_note="Số sai.", keywords=("a",)
    )
    document = a_document(topics=("medtop:20000638", "mofa:culture"), media=(use,))
    desk.live(document.with_locale("vi", text))
    told = described(get, "/articles/vi/trang")
    assert told["@type"] == "NewsArticle"
    assert told["headline"] == "Một </script> hai"
    assert told["datePublished"] == told["dateModified"] == "2026-03-02T02:30:00Z"
    assert told["inLanguage"] == "vi"
    assert told["publisher"]["@type"] == told["author"]["@type"] == "GovernmentOrganization"
    assert told["image"][0]["creditText"] == "Bộ Ngoại giao"
    assert told["correction"]["@type"] == "CorrectionComment"
    assert told["correction"]["text"] == "Số sai."
    assert [each["inLanguage"] for each in told["workTranslation"]] == ["en"]
    assert [each["sameAs"] for each in told["about"]] == [
        "http://cv.iptc.org/newscodes/mediatopic/20000638"
    ]
    english = described(get, "/articles/en/cultural-week-opens")
    assert english["translationOfWork"]["@id"] == told["@id"] == f"{SITE}/articles/vi/trang"


def test_a_page_leads_to_its_card_and_its_other_languages(desk, get):
    desk.live(a_document())
    page = get("/articles/vi/khai-mac-tuan-le-van-hoa").text
    assert f'hreflang="x-default" href="{SITE}/articles/en/cultural-week-opens"' in page
    [card] = re.findall('type="application/json.oembed" href="([^"]*)"', page)
    answer = get(card.replace("&amp;", "&").removeprefix(SITE))
    assert answer.json["title"] == "Khai mạc tuần lễ văn hoá"


def card(get, url, more=""):
    return get(f"/v1/oembed?url={quote(url, safe='')}{more}")


def test_a_card_is_escaped_and_fits(desk, get):
    text = a_localization(title="Một <b> & hai", summary='"Tóm" <tắt>', slug="trang")
    desk.live(a_document().with_locale("vi", text))
    answer = card(get, f"{SITE}/articles/vi/trang", "&maxwidth=300&maxheight=100")
    assert (answer.json["version"], answer.json["type"]) == ("1.0", "rich")
    assert (answer.json["width"], answer.json["height"]) == (300, 100)
    assert "Một &lt;b&gt; &amp; hai" in answer.json["html"]
    assert "<tắt>" not in answer.json["html"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.net/articles/en/cultural-week-opens",
        f"{SITE}/articles/en/unknown",
        f"{SITE}/articles/EN/cultural-week-opens",
        f"{SITE}/v1/articles",
        f"{SITE}.example.net/articles/en/cultural-week-opens",
        f"{SITE}@example.net/articles/en/cultural-week-opens",
    ],
)
def test_there_is_no_card_of_what_is_not_ours(desk, get, url):
    desk.live(a_document())
    assert card(get, url).status_code == 404


def test_there_is_no_card_of_what_is_withdrawn(desk, get, store):
    article = desk.live(a_document())
    retract(article.id, {"vi": "Rút."}, store.deps(), caller="publisher", seen=1)
    answer = card(get, f"{SITE}/articles/en/cultural-week-opens")
    assert answer.status_code == 410
    assert "Cultural" not in answer.text


def test_cards_are_json_only(desk, get):
    desk.live(a_document())
    url = f"{SITE}/articles/en/cultural-week-opens"
    assert card(get, url, "&format=xml").status_code == 501
    assert get("/v1/oembed").status_code == 422


def test_a_day_is_written_as_the_language_does(desk, get):
    arabic = replace(a_document().locales["en"], slug="usbu")
    unknown = replace(a_document().locales["en"], slug="qq")
    desk.live(a_document().with_locale("ar", arabic).with_locale("qqq", unknown))
    assert ">2 tháng 3, 2026</time>" in get("/articles/vi/khai-mac-tuan-le-van-hoa").text
    assert ">March 2, 2026</time>" in get("/articles/en/cultural-week-opens").text
    assert ">2026-03-02</time>" in get("/articles/qqq/qq").text
