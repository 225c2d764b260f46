# SPDX-License-Identifier: EUPL-1.2
import pytest

from syndicator.domain.counting import graphemes, x_weight
from syndicator.domain.shortening import shorten

VIETNAMESE = (
    "Việt Nam và Ấn Độ ký hiệp định trị giá 1 500 000 000 đồng. Hai bên nhất trí, trong chuyến "
    "thăm, tăng cường hợp tác. Xem https://mofa.gov.vn/vi/bai-viet nhé."
)
CHINESE = "外交部发言人今天在河内表示，越方高度重视两国关系。双方将于2026年继续合作。"


def test_what_fits_stays_whole():
    assert shorten(" Xin chào. ", 9) == "Xin chào."


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("One two. Three four five.", 20, "One two. Three four…"),
        ("One two three. Four five.", 20, "One two three. …"),
        ("He said “no.” Then he left the room.", 18, "He said “no.” …"),
        ("The U.S. and all the others agreed.", 13, "The U.S. and…"),
        ("One two three, four five six", 19, "One two three…"),
        ("One two three – four five six", 18, "One two three…"),
        ("One, two (three four) five", 12, "One, two…"),
        ("Really? Yes, of course.", 11, "Really? …"),
        ("supercalifragilistic", 8, "superca…"),
        ("Ấ" * 30, 5, "ẤẤẤẤ…"),
        ("Ấ" * 30, 0, "…"),
        ("worth 1 500 000 000 dong", 14, "worth…"),
        ("worth 12,5 % more", 12, "worth…"),
        ("1500000 dong", 5, "…"),
        ("https://example.org/abc is it", 12, "…"),
        ("see https://example.org/abc", 12, "see…"),
        ("G20 summit", 3, "…"),
    ],
)
def test_cuts_where_a_reader_would(text, limit, short):
    assert shorten(text, limit) == short


@pytest.mark.parametrize(
    ("limit", "short"),
    [
        (5, "外交部发…"),
        (16, "外交部发言人今天在河内表示…"),
        (28, "外交部发言人今天在河内表示，越方高度重视两国关系。…"),
    ],
)
def test_chinese_is_cut_between_its_letters(limit, short):
    assert shorten(CHINESE, limit) == short


def test_never_inside_a_grapheme():
    family = "👨‍👩‍👧‍👦"
    assert shorten(family * 3, 2, graphemes) == "…"
    assert shorten("កញ្ញា" * 3, 3, graphemes) == "កញ្ញា…"


@pytest.mark.parametrize("limit", range(7, 170))
def test_never_longer_than_allowed_nor_inside_number_or_link(limit):
    for measure in (len, x_weight, graphemes):
        short = shorten(VIETNAMESE, limit, measure)
        assert measure(short) <= limit
        words = short.removesuffix("…").split()
        assert set(words) <= {*VIETNAMESE.split(), *(w.strip(",.") for w in VIETNAMESE.split())}
        assert "1" not in words or "1 500 000 000" in short
