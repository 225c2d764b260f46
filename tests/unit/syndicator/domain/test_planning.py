# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from communique.events.article import Revision
from communique.testing.articles import a_correction, a_retraction, an_article
from syndicator.domain.channel import LocaleChoice, Selector
from syndicator.domain.delivery import Lane
from syndicator.domain.planning import demands, urgency
from syndicator.testing.builders import NOW, a_channel, a_delivery, a_wanted

OTHERS = Selector(missions=("embassy-paris",))


def wanted(article, channel, rows=()):
    known = {row.locale: row for row in rows}
    return {each.locale: each.wanted for each in demands(article, channel, known)}


def test_every_language_of_the_channel_that_the_article_has():
    channel = a_channel(
        locales=(LocaleChoice("vi"), LocaleChoice("ja", ("en",)), LocaleChoice("ru"))
    )
    found = wanted(an_article(), channel)
    assert {locale: each.served_locale for locale, each in found.items()} == {
        "vi": "vi",
        "ja": "en",
    }
    assert all(each.selected and each.version == 1 for each in found.values())


def test_an_article_that_is_not_selected_makes_no_rows():
    assert wanted(an_article(), a_channel(selector=OTHERS)) == {}


def test_a_retraction_of_what_the_channel_never_had_makes_no_rows():
    assert wanted(a_retraction(), a_channel()) == {}


@pytest.mark.parametrize("version", [a_correction(), a_retraction()])
def test_corrections_and_retractions_reach_who_has_it_though_the_selector_no_longer_matches(
    version,
):
    row = a_delivery(locale="en")
    found = wanted(version, a_channel(selector=OTHERS), [row])
    assert list(found) == ["en"]
    assert found["en"].withdrawn


def test_a_language_that_is_withdrawn_is_withdrawn_where_it_went():
    article = an_article()
    english_gone = an_article(
        version=2, locales={tag: each for tag, each in article.locales.items() if tag != "en"}
    )
    rows = [a_delivery(locale="en", wanted=a_wanted()), a_delivery(locale="vi")]
    found = wanted(english_gone, a_channel(), rows)
    assert not found["en"].selected
    assert found["en"].served_locale == "en"
    assert found["vi"].selected


def test_a_language_that_left_the_channel_is_withdrawn():
    found = wanted(
        an_article(), a_channel(locales=(LocaleChoice("vi"),)), [a_delivery(locale="en")]
    )
    assert not found["en"].selected


def test_the_revision_is_carried():
    assert wanted(a_correction(), a_channel())["vi"].revision is Revision.CORRECTION


def test_flash_is_overdue_soonest():
    flash = urgency(an_article(urgency=1), NOW, Lane.LIVE)
    plain = urgency(an_article(urgency=5), NOW, Lane.BULK)
    assert flash.deadline_at - NOW == timedelta(minutes=1)
    assert plain.deadline_at > flash.deadline_at
    assert (flash.lane, plain.lane) == (Lane.LIVE, Lane.BULK)
