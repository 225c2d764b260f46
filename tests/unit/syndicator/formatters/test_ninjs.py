# SPDX-License-Identifier: EUPL-1.2
import json

from communique.events.article import MediaRole, MediaUse, Rights, Speaker
from communique.testing.articles import (
    LEAD,
    a_correction,
    a_retraction,
    an_article,
    an_asset,
    assets_of,
)
from communique.testing.hard_articles import embargoed, every_block
from syndicator.formatters.ninjs import NinjsFormatter
from syndicator.ports import View

LINKS = {each: f"https://mofa.example.org/{each}" for each in ("vi", "en")}


def item_of(article, served="en", **changes):
    values = {"assets": assets_of(article), "links": LINKS} | changes
    rendered = NinjsFormatter().render(View(article, "ja", served, LINKS[served], **values))
    assert rendered.media_type == "application/json"
    return json.loads(rendered.body)


def related(item, relation):
    return [each for each in item["associations"] if each["rel"] == relation]


def test_an_item_is_one_language_of_one_article():
    item = item_of(an_article())
    assert (item["uri"], item["language"]) == (f"urn:uuid:{an_article().id}#en", "en")
    assert (item["version"], item["pubStatus"]) == ("1", "usable")
    assert item["headlines"][1]["value"] == "Viet Nam and India deepen their partnership"
    assert [each["contentType"] for each in item["bodies"]] == ["text/html", "text/plain"]
    assert "edNote" not in item
    assert "embargoedUntil" not in item


def test_an_embargo_is_told():
    assert item_of(embargoed())["embargoedUntil"] == "2026-03-02T05:00:00Z"


def test_a_correction_is_told_to_the_desk():
    item = item_of(a_correction())
    assert item["edNote"].startswith("Correction: An earlier version")
    assert item["version"] == "2"


def test_a_retraction_kills_the_item_and_carries_no_text():
    item = item_of(a_retraction(), "vi")
    assert item["uri"] == f"urn:uuid:{an_article().id}#vi"
    assert item["pubStatus"] == "canceled"
    assert item["edNote"].startswith("MANDATORY KILL. Thu hồi: Văn bản")
    assert not {"bodies", "renditions"} & set(item)


def test_translations_are_associated_with_their_address_where_there_is_one():
    translations = related(item_of(an_article()), "translation")
    assert [(each["language"], each.get("altIds")) for each in translations] == [
        ("vi", [{"role": "web", "value": LINKS["vi"]}]),
        ("fr", None),
    ]


def test_pictures_come_in_every_size_and_only_when_ready():
    item = item_of(an_article())
    assert [each["name"] for each in item["renditions"]] == ["wide", "medium", "thumb"]
    (lead,) = related(item, "lead")
    assert lead["uri"] == f"urn:uuid:{LEAD}"
    assert len(lead["renditions"]) == 3
    bare = item_of(an_article(), assets={})
    assert "renditions" not in bare
    assert related(bare, "lead") == []


def test_a_picture_without_words_is_given_without():
    use = MediaUse(LEAD, MediaRole.LEAD)
    assets = {LEAD: an_asset(LEAD, credit=None)}
    (lead,) = related(item_of(an_article(media=(use,)), assets=assets), "lead")
    assert not {"descriptions", "by"} & set(lead)


def test_related_articles_are_associated():
    item = item_of(every_block())
    assert [len(related(item, each)) for each in ("related", "corrects", "supersedes")] == [1, 1, 1]
    names = [each["name"] for each in item["associations"]]
    assert len(names) == len(set(names))


def test_rights_fall_back_and_may_be_unknown():
    item = item_of(an_article())
    assert item["usageTerms"] == "Free to use with attribution."
    assert item["copyrightHolder"] == "Bộ Ngoại giao"
    bare = item_of(an_article(rights=Rights()))
    assert not {"usageTerms", "copyrightHolder"} & set(bare)


def test_who_speaks_is_an_office_and_perhaps_a_person():
    assert item_of(an_article())["organisations"] == [
        {"name": "Minister of Foreign Affairs", "rel": "speaker"}
    ]
    named = item_of(an_article(speaker=Speaker({}, name="A. Person")))
    assert named["people"] == [{"name": "A. Person", "rel": "speaker"}]
    assert "organisations" not in named
    assert "organisations" not in item_of(an_article(speaker=None))
