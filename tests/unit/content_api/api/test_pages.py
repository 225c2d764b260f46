# SPDX-License-Identifier: EUPL-1.2
import re

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
    Speaker,
    Table,
    Video,
)
from communique.testing.articles import a_media_use
from content_api.testing.builders import a_document, a_localization, with_slugs
from content_api.testing.desk import Desk
from content_api.use_cases.retract import retract

ASSET = "01941f29-7c00-7000-9000-000000000001"
ALT = {"vi": "Hai đoàn bên bàn họp", "en": "Two delegations at a table"}
EVERY_BLOCK = (
    Heading(2, "Một & <hai>"),
    Paragraph("Chữ <em>nghiêng</em>."),
    Quote("Lời", "Người nói"),
    ListBlock(("một", "hai"), ordered=True),
    Image(ASSET),
    Gallery((ASSET, ASSET)),
    Video(ASSET),
    Table((("1", "2"),), ("a", "b"), "Bảng"),
    Embed("https://example.org/x", "Thẻ"),
    Divider(),
)


@pytest.fixture
def desk(store):
    return Desk(store.deps())


@pytest.fixture
def get(app):
    client = app.test_client()
    return client.get


def test_a_page_shows_every_block_and_escapes_plain_text(desk, get):
    text = a_localization(body=EVERY_BLOCK, slug="trang", correction_note="Số sai.")
    document = a_document(
        media=(a_media_use(ASSET, alt=ALT, caption={"vi": "Hội đàm"}),),
        speaker=Speaker({"vi": "Người Phát ngôn"}),
        byline="Ban Biên tập",
    )
    desk.live(document.with_locale("vi", text))
    page = get("/articles/vi/trang").text
    for part in (
        "<h2>Một &amp; &lt;hai&gt;</h2>",
        "<p>Chữ <em>nghiêng</em>.</p>",
        "<blockquote><p>Lời</p></blockquote><figcaption>Người nói</figcaption>",
        "<ol><li>một</li><li>hai</li></ol>",
        f'<img src="https://media.example.org/v1/assets/{ASSET}/renditions/medium" alt="Hai đoàn',
        '<th scope="col">a</th>',
        '<a href="https://example.org/x">Thẻ</a>',
        "<hr>",
        "<strong>Đính chính</strong>: Số sai.",
        "Người Phát ngôn · Ban Biên tập",
        'hreflang="en" href="https://www.example.org/articles/en/cultural-week-opens"',
    ):
        assert part in page
    assert page.count("<img") == 3


def test_a_page_runs_no_script_and_says_so(live, get):
    response = get("/articles/vi/tuyen-bo")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    [script] = re.findall("<script[^>]*>", response.text)
    assert script == '<script type="application/ld+json">'
    assert response.headers["Content-Language"] == "vi"
    assert '<html lang="vi" dir="ltr">' in response.text


def test_arabic_is_written_from_the_right(desk, get):
    desk.live(a_document().with_locale("ar", a_localization(slug="usbu")))
    assert '<html lang="ar" dir="rtl">' in get("/articles/ar/usbu").text


def test_who_has_the_page_already_gets_304(live, get):
    etag = get("/articles/vi/tuyen-bo").headers["ETag"]
    assert get("/articles/vi/tuyen-bo", headers={"If-None-Match": etag}).status_code == 304


def test_a_former_address_leads_to_the_present_one(desk, get):
    article = desk.live(a_document())
    desk.publish(desk.approve(desk.save(article, with_slugs(a_document(), "moi"))))
    response = get("/articles/en/cultural-week-opens")
    assert response.status_code == 301
    assert response.location == "https://www.example.org/articles/en/cultural-week-opens-moi"


@pytest.mark.parametrize("path", ["vi/nichts", "VN/x", "vi/T%00", "ja/tuyen-bo"])
def test_what_is_not_there_is_a_page_too(live, get, path):
    response = get(f"/articles/{path}")
    assert response.status_code == 404
    assert response.content_type.startswith("text/html")


def test_a_retracted_page_shows_the_notice_in_its_language(live, store, get):
    notices = {"vi": "Rút <vì> nhầm.", "en": "Published in error."}
    retract(live, notices, store.deps(), caller="publisher", seen=1)
    response = get("/articles/vi/tuyen-bo")
    assert response.status_code == 410
    assert "Rút &lt;vì&gt; nhầm." in response.text
    assert "Tuyên bố" not in response.text
    assert "Published in error." in get("/articles/en/statement").text


def test_the_style_is_the_one_that_the_policy_allows(live, get):
    response = get("/articles/vi/tuyen-bo")
    [style] = re.findall("<style>(.*)</style>", response.text)
    assert "&" not in style
    assert response.headers["Content-Security-Policy"].count("sha256-") == 1
