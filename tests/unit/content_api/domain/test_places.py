# SPDX-License-Identifier: EUPL-1.2
"""The countries there are, and what they are called."""

import pytest

from content_api.domain import places


def test_there_are_the_249_of_iso_3166_1():
    assert len(places.countries()) == 249
    assert {"VN", "FR", "TL", "SS"} <= places.countries()


@pytest.mark.parametrize("code", ["EU", "UN", "XK", "ZZ", "001", "SU", "xx", ""])
def test_what_is_no_country_is_none(code):
    assert not places.exists(code)


def test_a_subdivision_is_in_its_country():
    assert places.exists("VN-HN")
    assert not places.exists("XK-01")


@pytest.mark.parametrize(
    ("locale", "name"),
    [("vi", "Pháp"), ("en", "France"), ("zh-Hans", "法国"), ("ar", "فرنسا"), ("ru", "Франция")],
)
def test_a_country_has_a_name_in_every_language_of_the_ministry(locale, name):
    names = places.names(locale)
    assert names["FR"] == name
    assert set(names) == places.countries()


@pytest.mark.parametrize("locale", ["xx", "qqq", "zz-Zzzz-ZZ"])
def test_a_language_that_nobody_has_data_for_has_no_names(locale):
    assert places.names(locale) is None
