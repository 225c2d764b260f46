# SPDX-License-Identifier: EUPL-1.2
import pytest

from syndicator.domain.words import WORDS, led_by, right_to_left, words


@pytest.mark.parametrize(
    ("locale", "correction"),
    [
        ("en", "Correction:"),
        ("vi", "Đính chính:"),
        ("fr-CA", "Rectificatif :"),
        ("zh-Hans-CN", "更正："),
        ("lo", "Correction:"),
        ("zh-Hant", "Correction:"),
    ],
)
def test_words_come_from_the_language_its_parent_or_english(locale, correction):
    assert words(locale).correction == correction


def test_chinese_puts_no_space_after_its_colon():
    assert led_by(words("zh-Hans").correction, "九") == "更正：九"
    assert led_by(words("vi").retraction, "Sai") == "Thu hồi: Sai"


def test_no_language_lacks_a_word():
    for each in WORDS.values():
        assert all((each.correction, each.retraction, each.withdrawn, each.notice))


@pytest.mark.parametrize(("locale", "expected"), [("ar", True), ("ar-EG", True), ("vi", False)])
def test_direction(locale, expected):
    assert right_to_left(locale) is expected
