# SPDX-License-Identifier: EUPL-1.2
import json
from dataclasses import replace

from communique.events.article import SocialText
from communique.testing.articles import (
    LEAD,
    a_correction,
    a_retraction,
    an_article,
    an_asset,
    assets_of,
)
from syndicator.domain.counting import utf16_units
from syndicator.formatters.facebook_post import LIMIT, FacebookPostFormatter
from syndicator.ports import View

LINK = "https://mofa.example.org/a"


def post_of(article, locale="vi", **changes):
    values = {"assets": assets_of(article)} | changes
    return json.loads(
        FacebookPostFormatter().render(View(article, locale, locale, LINK, **values)).body
    )


def with_social(social, **changes):
    article = an_article()
    vietnamese = replace(article.locales["vi"], social={"facebook": social}, **changes)
    return replace(article, locales={"vi": vietnamese})


def test_a_post_is_title_summary_and_hashtags_with_link_and_picture():
    post = post_of(an_article())
    assert post == {
        "message": (
            "Việt Nam và Ấn Độ nhất trí làm sâu sắc quan hệ Đối tác Chiến lược Toàn diện\n\n"
            "Hai Bộ trưởng Ngoại giao ký chín văn kiện hợp tác tại Hà Nội.\n\n#ViệtNam #ẤnĐộ"
        ),
        "link": LINK,
        "picture_url": an_asset(LEAD).rendition("wide").url,
        "alt": "Hai đoàn ngồi đối diện nhau bên bàn họp dài",
    }


def test_keywords_are_hashtags_where_no_editor_chose():
    assert post_of(an_article(), "en")["message"].endswith("\n\n#diplomacy #India")


def test_without_a_picture_there_is_no_address_of_one():
    post = post_of(an_article(), assets={})
    assert "picture_url" not in post
    assert post["alt"] == ""


def test_the_text_of_an_editor_replaces_title_and_summary():
    post = post_of(with_social(SocialText("Tin nóng!"), keywords=()))
    assert post["message"] == "Tin nóng!"


def test_a_text_over_the_limit_is_cut_and_keeps_hashtags_and_room_for_the_link():
    article = with_social(SocialText("Bộ Ngoại giao 👍 " * 6000, ("#VN",)))
    message = post_of(article)["message"]
    assert LIMIT - 20 < utf16_units(f"{message}\n\n{LINK}") <= LIMIT
    assert message.endswith("…\n\n#VN")


def test_a_corrected_post_begins_with_the_note():
    message = post_of(a_correction())["message"]
    assert message.startswith("Đính chính: Bản trước ghi sai")
    assert "Hai Bộ trưởng" in message


def test_a_reply_is_the_note_alone():
    message = post_of(a_correction(), options={"form": "correction-reply"})["message"]
    assert message == "Đính chính: Bản trước ghi sai số văn kiện đã ký: chín, không phải tám."


def test_a_retraction_is_the_notice_alone():
    post = post_of(a_retraction())
    assert post == {
        "message": "Thu hồi: Văn bản được công bố nhầm và đã được thu hồi.",
        "link": LINK,
        "alt": "",
    }
