# SPDX-License-Identifier: EUPL-1.2
import unicodedata

import pytest

from local_stack.platforms.weight import urls, weighted_length


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Viet Nam", 8),
        ("Bộ Ngoại giao Việt Nam", 25),  # ộ, ạ and ệ weigh two
        ("ăâđêôơư", 7),
        ("日本", 4),
        ("https://mofa.gov.vn/vi/mot-duong-dan-rat-dai-ma-van-tinh-nhu-nhau", 23),
        ("mofa.gov.vn", 23),
        ("👩‍🚀", 2),
        ("http://127.0.0.1:8001/vi/a", 26),  # no top-level domain: only letters
    ],
)
def test_weighs_as_twitter_text_does(text, weight):
    assert weighted_length(text) == weight


def test_decomposed_letters_weigh_the_same():
    text = "Bộ Ngoại giao"
    assert weighted_length(unicodedata.normalize("NFD", text)) == weighted_length(text)


def test_finds_addresses_with_their_place():
    (found,) = urls("Xem https://mofa.gov.vn/a.")
    assert found.expanded == "https://mofa.gov.vn/a"
    assert (found.start, found.end) == (4, 25)
    assert found.short.startswith("https://t.co/")
