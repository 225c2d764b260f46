# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.testing.articles import an_article
from syndicator.domain.channel import LocaleChoice, Selector
from syndicator.testing.builders import a_channel


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (Selector(), True),
        (Selector(kinds=("press-release",)), True),
        (Selector(kinds=("statement", "press-release")), True),
        (Selector(kinds=("statement",)), False),
        (Selector(topics=("mfa:bilateral-relations",)), True),
        (Selector(topics=("mfa:other",)), False),
        (Selector(places=("FR", "IN")), True),
        (Selector(places=("FR",)), False),
        (Selector(missions=("embassy-new-delhi",)), True),
        (Selector(missions=("embassy-paris",)), False),
        (Selector(max_urgency=5), True),
        (Selector(max_urgency=4), False),
        (Selector(kinds=("press-release",), places=("FR",)), False),
    ],
)
def test_every_list_must_be_met_by_any_of_its_members(selector, expected):
    assert selector.matches(an_article()) is expected


def test_an_article_without_missions_is_for_no_mission_in_particular():
    assert not Selector(missions=("embassy-paris",)).matches(an_article(missions=()))


@pytest.mark.parametrize(
    ("choice", "served"),
    [
        (LocaleChoice("vi"), "vi"),
        (LocaleChoice("ja", ("en",)), "en"),
        (LocaleChoice("ja", ("ko", "fr")), "fr"),
        (LocaleChoice("ja"), None),
    ],
)
def test_a_language_falls_back_only_to_what_it_names(choice, served):
    assert choice.served(an_article()) == served


@pytest.mark.parametrize(
    ("title", "locale", "expected"),
    [
        ({"vi": "Một", "en": "One"}, "vi", "Một"),
        ({"zh": "一", "en": "One"}, "zh-Hans", "一"),
        ({"vi": "Một", "en": "One"}, "fr", "One"),
        ({"vi": "Một"}, "fr", "Một"),
        ({}, "fr", "embassy-hanoi"),
    ],
)
def test_a_title_is_the_nearest_there_is(title, locale, expected):
    assert a_channel(title=title).title_in(locale) == expected
