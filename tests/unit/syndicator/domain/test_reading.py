# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.events.article import Localization, Paragraph, Speaker
from communique.testing.articles import (
    LEAD,
    a_correction,
    a_media_use,
    a_retraction,
    an_article,
    assets_of,
)
from communique.testing.hard_articles import arabic
from syndicator.domain.reading import SUMMARY, Reading

LINK = "https://mofa.example.org/a"


def read(article, locale="en"):
    return Reading(article, locale, LINK, assets_of(article))


def with_english(article, **changes):
    return replace(article, locales={"en": replace(article.locales["en"], **changes)})


def test_an_original_tells_nothing():
    reading = read(an_article())
    assert (reading.note, reading.told) == (None, None)
    assert reading.title == reading.localization.title


def test_a_correction_stands_above_the_text_and_in_the_summary():
    reading = read(a_correction())
    assert reading.html.startswith("<p><strong>Correction: An earlier version gave")
    assert reading.plain.startswith("Correction: An earlier version gave")
    assert (
        reading.summary == "Correction: The two foreign ministers signed nine documents in Hanoi."
    )
    assert reading.title == an_article().locales["en"].title


def test_a_corrected_text_without_summary_is_summed_up_by_its_note():
    article = with_english(a_correction(), summary=None, body=())
    assert read(article).summary.startswith("Correction: An earlier version")


def test_a_withdrawn_article_is_its_notice_alone():
    reading = read(a_retraction(), "vi")
    assert reading.title.startswith("Đã thu hồi: Việt Nam")
    notice = "Văn bản được công bố nhầm và đã được thu hồi."
    assert reading.html == f"<p><strong>Thu hồi: {notice}</strong></p>"
    assert reading.summary == notice


def test_a_notice_that_nobody_wrote_is_in_the_language():
    article = with_english(a_retraction(), correction_note=None)
    assert read(article).note == "This text has been withdrawn."


def test_without_a_summary_the_text_begins():
    article = with_english(an_article(), summary=None, body=(Paragraph("word " * 200),))
    assert read(article).summary.endswith("word…")
    assert len(read(article).summary) <= SUMMARY


def test_an_empty_text_has_an_empty_summary():
    assert read(with_english(an_article(), summary=None, body=())).summary == ""


@pytest.mark.parametrize(
    ("changes", "author"),
    [
        ({"byline": "Press desk"}, "Press desk"),
        ({}, "Minister of Foreign Affairs"),
        ({"speaker": None}, None),
        ({"speaker": Speaker({"vi": "Bộ trưởng"})}, None),
    ],
)
def test_the_author_is_the_byline_or_the_speaker(changes, author):
    assert read(an_article(**changes)).author == author


def test_usage_terms_fall_back_to_the_source_language():
    assert read(an_article(), "fr").rights == "Được dùng tự do khi ghi nguồn."


def test_the_lead_comes_first_and_pictures_outside_the_text_last():
    extra = "01941f29-7c00-7000-9000-000000000009"
    article = an_article()
    article = replace(article, media=(*article.media, a_media_use(extra)))
    html = read(article).html
    assert html.startswith("<figure>")
    assert html.endswith("</figure>")
    assert html.count("<figure>") == 3


def test_a_lead_shown_in_the_text_is_not_repeated():
    article = an_article()
    uses = tuple(replace(each, asset=LEAD) for each in article.media)
    body = tuple(replace(each, asset=LEAD) for each in article.locales["en"].body[4:5])
    article = replace(with_english(article, body=body), media=uses)
    assert read(article).html.count("<figure>") == 1


def test_arabic_says_its_direction():
    assert read(arabic(), "ar").html.startswith('<div lang="ar" dir="rtl"><p><strong>تصحيح: ')


def test_a_language_that_was_not_corrected_has_no_note():
    untouched = Localization("Title", "title", (Paragraph("Text"),), summary="Sum")
    reading = read(a_correction(locales={"en": untouched}))
    assert reading.summary == "Sum"
