# SPDX-License-Identifier: EUPL-1.2
import json
import unicodedata
from dataclasses import replace

import pytest

from communique.events.article import SocialText
from communique.testing.articles import a_correction, a_retraction, an_article
from communique.testing.hard_articles import HARD_ARTICLES
from syndicator.domain.counting import x_weight
from syndicator.formatters.x_post import LIMIT, XPostFormatter
from syndicator.ports import View

LINK = "https://mofa.example.org/a"


def post_of(article, locale="en", link=LINK, **options):
    view = View(article, locale, locale, link, options=options)
    return json.loads(XPostFormatter().render(view).body)


def with_english(article=None, **changes):
    article = article or an_article()
    return replace(article, locales={"en": replace(article.locales["en"], **changes)})


def test_a_post_is_the_short_title_and_hashtags():
    text = "Viet Nam and India deepen their partnership #diplomacy #India"
    assert post_of(an_article()) == {"text": text, "link": LINK}


def test_the_text_and_hashtags_of_an_editor_come_first():
    social = {"x": SocialText("Read this.", ("#VN", "#IN", "#a", "#b"))}
    assert post_of(with_english(social=social))["text"] == "Read this. #VN #IN #a #b"


def test_a_hashtag_that_does_not_fit_is_left_out_and_a_shorter_one_tried():
    social = {"x": SocialText("word " * 50, ("#toolong", "#ok"))}
    text = post_of(with_english(social=social))["text"]
    assert text.endswith("word #ok")


@pytest.mark.parametrize("name", sorted(HARD_ARTICLES))
@pytest.mark.parametrize("link", [LINK, "http://127.0.0.1:8001/vi/" + "bai-viet-dai-" * 8])
def test_text_and_link_together_weigh_no_more_than_x_takes(name, link):
    article = HARD_ARTICLES[name]()
    post = post_of(article, article.source_locale, link)
    assert x_weight(f"{post['text']} {post['link']}") <= LIMIT


def test_a_long_vietnamese_text_uses_the_room_there_is():
    words = "Bộ Ngoại giao đề nghị công dân Việt Nam " * 20
    text = post_of(with_english(short_title=words.strip(), keywords=()))["text"]
    assert 245 <= x_weight(text) <= 256
    assert len(text) < 256


def test_letters_are_composed():
    decomposed = unicodedata.normalize("NFD", "Bộ Ngoại giao")
    assert post_of(with_english(short_title=decomposed, keywords=()))["text"] == "Bộ Ngoại giao"


def test_a_correction_is_its_note():
    text = post_of(a_correction())["text"]
    assert text == (
        "Correction: An earlier version gave a wrong number of documents: "
        "nine were signed, not eight."
    )
    assert post_of(a_correction(), form="correction-reply")["text"] == text


@pytest.mark.parametrize(("locale", "word"), [("vi", "Đính chính: "), ("fr", "Rectificatif : ")])
def test_a_correction_says_so_in_its_language(locale, word):
    assert post_of(a_correction(), locale)["text"].startswith(word)


def test_a_correction_without_note_says_that_it_is_one():
    text = post_of(with_english(a_correction(), correction_note=None))["text"]
    assert text.startswith("Correction: Viet Nam and India agree")


@pytest.mark.parametrize(
    ("locale", "word"), [("en", "Retraction: "), ("vi", "Thu hồi: "), ("fr", "Retrait : ")]
)
def test_a_retraction_is_its_notice(locale, word):
    assert post_of(a_retraction(), locale)["text"].startswith(word)
