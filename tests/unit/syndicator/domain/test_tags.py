# SPDX-License-Identifier: EUPL-1.2
import pytest

from syndicator.domain.tags import hashtag, hashtags, scheme_and_code


@pytest.mark.parametrize(
    ("keyword", "tag"),
    [
        ("India", "#India"),
        ("#India", "#India"),
        ("ngoại giao", "#NgoạiGiao"),
        ("ẤnĐộ", "#ẤnĐộ"),
        ("R&D", "#RD"),
        ("COP 28", "#COP28"),
        ("外交", "#外交"),
        ("2026", None),
        ("--", None),
    ],
)
def test_a_keyword_as_hashtag(keyword, tag):
    assert hashtag(keyword) == tag


def test_hashtags_come_once_and_no_more_than_asked():
    assert hashtags(["a", "2026", "a", "b", "c"], 2) == ["#a", "#b"]


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("medtop:20000593", ("http://cv.iptc.org/newscodes/mediatopic/", "20000593")),
        ("mfa:consular", (None, "mfa:consular")),
        ("medtop:", (None, "medtop:")),
        ("trade", (None, "trade")),
    ],
)
def test_a_topic_knows_its_scheme(topic, expected):
    assert scheme_and_code(topic) == expected
