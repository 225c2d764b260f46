# SPDX-License-Identifier: EUPL-1.2
import unicodedata

from communique.events.shapes import AssetSchema
from media_store.domain.asset import announced
from media_store.domain.texts import Texts, clean, tidy
from media_store.testing.builders import MEDIA_URL, a_ready_asset


def test_own_words_win_and_gaps_are_filled():
    own = Texts(credit="Desk", caption={"vi": "Cầu cảng"})
    found = Texts(credit="Agency", rights="Free", caption={"und": "A quay"}, alt={"en": "A quay"})
    assert own.over(found) == Texts("Desk", "Free", None, {"vi": "Cầu cảng"}, {"en": "A quay"})


def test_text_is_composed_and_bounded():
    decomposed = unicodedata.normalize("NFD", "Bộ Ngoại giao")
    assert clean(f" {decomposed}\x00\x07 ", 300) == "Bộ Ngoại giao"
    assert clean("x" * 400, 300) == "x" * 300
    assert clean(" \x00 ", 300) is None
    assert clean(None, 300) is None


def test_a_tag_that_is_no_locale_becomes_undetermined():
    captions = {"vi": "một", "x-weird": "two", "EN_us": "three", "zh-Hans": "四"}
    assert tidy(Texts(caption=captions)).caption == {"vi": "một", "und": "two", "zh-Hans": "四"}


def test_anything_tidied_fits_the_event():
    wild = Texts(
        credit="\ud800c" * 1_000,
        rights="\x1fr" * 9_000,
        caption={"q" * 90: "\x00c" * 9_000, "vi": "\x01"},
        alt={f"l{number}": "\u0301a" * 4_000 for number in range(90)},
    )
    payload = announced(a_ready_asset(texts=tidy(wild)), MEDIA_URL)
    assert AssetSchema().load(AssetSchema().dump(payload)) == payload
