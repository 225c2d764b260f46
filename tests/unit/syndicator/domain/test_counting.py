# SPDX-License-Identifier: EUPL-1.2
import random
import unicodedata
import warnings

import pytest

from syndicator.domain.counting import graphemes, utf16_units, x_weight

with warnings.catch_warnings():
    # It reads its table of emoji through pkg_resources, which warns that it will go away.
    warnings.simplefilter("ignore")
    import twitter_text


def by_twitter_text(text):
    return twitter_text.parse_tweet(text).weightedLength


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Bộ Ngoại giao Việt Nam", 25),
        ("ă â đ ê ô ơ ư", 13),
        ("外交部", 6),
        ("русский", 7),
        ("العربية", 7),
        ("mofa.gov.vn", 23),
        ("https://mofa.gov.vn/" + "a" * 200, 23),
        ("xem https://mofa.gov.vn/vi?a=1#b.", 28),
        ("中文mofa.gov.vn中文", 31),
        ("http://localhost:8001/abc", 25),
        ("http://127.0.0.1:8001/vi/a", 26),
        ("a@example.com", 13),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽🇻🇳1️⃣☎️", 8),
        ("#1 * 5\r\n6", 8),
    ],
)
def test_x_weighs_letters_links_and_emoji(text, weight):
    assert x_weight(text) == weight
    if text:
        assert by_twitter_text(text) == weight


def test_decomposed_letters_weigh_as_composed_ones():
    text = "Bộ Ngoại giao đề nghị"
    assert x_weight(unicodedata.normalize("NFD", text)) == x_weight(text)


@pytest.mark.parametrize(
    "text",
    [
        "việt.vn",
        "node.js e.g. 12.5tr",
        "http://foo.unheardof/" + "b" * 40,
        "http://ex.vn/(a)",
        "hội nghị.Bộ trưởng",
        "a.b.com/x@y",
    ],
)
def test_an_odd_text_never_weighs_too_little(text):
    assert x_weight(text) >= by_twitter_text(text)


def test_mixed_texts_weigh_what_twitter_text_says():
    chance = random.Random(1)
    pieces = ["ạ", "ă", "Bộ", "中", "ж", " ", "\n", "ع", "👍", "🇻🇳", "-", "!", "(", "7", "xem "]
    links = [" https://mofa.gov.vn/vi ", " http://example.org ", " www.example.com/a?b=1 "]
    for _ in range(500):
        text = "x" + "".join(chance.choices(pieces + links, k=12)) + "x"
        assert x_weight(text) == by_twitter_text(text), text


@pytest.mark.parametrize(("text", "count"), [("", 0), ("ễ", 1), ("កញ្ញា", 2), ("👨‍👩‍👧‍👦!", 2)])
def test_graphemes_are_what_a_reader_counts(text, count):
    assert graphemes(unicodedata.normalize("NFD", text)) == count


def test_utf16_counts_two_beyond_the_basic_plane():
    assert utf16_units("ạ👍") == 3
