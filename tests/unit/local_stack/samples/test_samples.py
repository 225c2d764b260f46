# SPDX-License-Identifier: EUPL-1.2
import unicodedata

import pytest
import yaml

from communique.events.shapes import DescriptionSchema, WrittenLocalizationSchema
from local_stack import samples
from local_stack.platforms.weight import weighted_length

ASSETS = {"lead-photo": "0192f0c0-0000-7000-8000-000000000001"}


@pytest.mark.parametrize("name", samples.ARTICLES)
def test_every_article_is_what_a_desk_may_send(name):
    document = samples.article(name, ASSETS)
    localizations = document.pop("locales")
    described = DescriptionSchema().load(document)
    assert described["source_locale"] in localizations
    for localization in localizations.values():
        WrittenLocalizationSchema().load(localization)


@pytest.mark.parametrize("name", samples.ARTICLES)
def test_every_language_has_the_same_blocks(name):
    bodies = [each["body"] for each in samples.article(name)["locales"].values()]
    assert len({tuple(block["type"] for block in body) for body in bodies}) == 1


@pytest.mark.parametrize("name", samples.ARTICLES)
def test_nobody_is_named(name):
    speaker = samples.article(name)["speaker"]
    assert speaker is None or speaker["name"] is None


def test_the_main_story_shows_what_the_machine_carries():
    story = samples.article("maritime-rescue", ASSETS)
    for localization in story["locales"].values():
        blocks = {block["type"] for block in localization["body"]}
        assert {"heading", "quote", "list", "image"} <= blocks
        assert any("<a href=" in block.get("html", "") for block in localization["body"])
    vietnamese = str(story["locales"]["vi"])
    assert any("\u1e00" <= letter <= "\u1eff" for letter in vietnamese)
    assert unicodedata.is_normalized("NFC", vietnamese)


def test_the_main_story_is_too_long_for_x():
    said = samples.article("maritime-rescue")["locales"]["en"]["social"]["x"]["text"]
    assert weighted_length(said) > 280 - 23 - 1


def test_the_correction_changes_one_block_in_every_language():
    before = samples.article("maritime-rescue")
    after = samples.corrected(before)
    for locale, localization in before["locales"].items():
        pairs = zip(localization["body"], after["locales"][locale]["body"], strict=True)
        (pair,) = [pair for pair in pairs if pair[0] != pair[1]]
        assert "14" in pair[0]["html"]
        assert "12" in pair[1]["html"]
        note = after["locales"][locale]["correction_note"]
        assert note == samples.correction_notes()[locale]


def test_the_retraction_speaks_every_language_of_the_story():
    assert (
        samples.retraction_notices().keys() == samples.article("maritime-rescue")["locales"].keys()
    )


def test_the_embargo_is_put_in():
    until = "2026-11-24T06:00:00Z"
    assert samples.article("resilient-deltas", embargo_until=until)["embargo_until"] == until


def test_every_article_reaches_a_mission_that_has_a_channel():
    channels = yaml.safe_load(samples.channels())["channels"]
    names = {channel["name"] for channel in channels}
    assert len(names) == len(channels) == 8
    for name in samples.ARTICLES:
        assert set(samples.article(name)["missions"]) <= names


def test_secrets_are_only_referred_to():
    for channel in yaml.safe_load(samples.channels())["channels"]:
        assert set(channel.get("credential", {"env": ""})) == {"env"}
