# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.testing.articles import ARTICLE, a_correction, a_retraction, an_article
from syndicator.domain.channel import ChannelKind, Selector
from syndicator.testing.builders import a_channel
from syndicator.use_cases.plan import plan_version

AGENCY = {"Authorization": "Bearer ck_agency"}


@pytest.fixture
def agency(wired):
    wire = a_channel(name="agency", kind=ChannelKind.WIRE, formats=("ninjs",), connector="wire")
    wired.add(wire)


def publish(wired, *versions):
    for version in versions:
        plan_version(version, wired.deps)
        wired.deliver_all()


def test_a_reader_resumes_and_misses_nothing(wired, client, agency):
    publish(wired, an_article(media=()))
    first = client.get("/wires/agency", headers=AGENCY).json
    assert [item["language"] for item in first["items"]] == ["vi", "en"]
    nothing = client.get(f"/wires/agency?since={first['next']}", headers=AGENCY).json
    assert nothing == {"items": [], "next": first["next"]}
    publish(wired, a_correction(media=()), a_retraction())
    rest = client.get(f"/wires/agency?since={first['next']}", headers=AGENCY).json
    assert {(item["version"], item["pubStatus"]) for item in rest["items"]} == {("3", "canceled")}


def test_pages_follow_each_other(wired, client, agency):
    publish(wired, an_article(media=()))
    first = client.get("/wires/agency?limit=1", headers=AGENCY).json
    second = client.get(f"/wires/agency?limit=1&since={first['next']}", headers=AGENCY).json
    assert [first["items"][0]["language"], second["items"][0]["language"]] == ["vi", "en"]


def test_one_article_in_every_language(wired, client, agency):
    publish(wired, an_article(media=()))
    found = client.get(f"/wires/agency/items/{ARTICLE}", headers=AGENCY).json
    assert len(found["items"]) == 2
    missing = client.get("/wires/agency/items/none", headers=AGENCY)
    assert missing.status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer ck_other"}, 401),
        ({"Authorization": "Bearer ck_reader"}, 403),
    ],
)
def test_only_its_own_agency_reads_a_wire(client, agency, headers, status):
    assert client.get("/wires/agency", headers=headers).status_code == status


def test_a_feed_is_no_wire(wired, client, key):
    wired.add(a_channel())
    assert client.get("/wires/embassy-hanoi", headers=key).status_code == 404


def test_a_bad_cursor_is_named(client, agency):
    answer = client.get("/wires/agency?since=yesterday", headers=AGENCY)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "since"


def test_a_language_that_is_withdrawn_cancels_its_own_item_and_no_other(wired, client, agency):
    publish(wired, an_article(media=()))
    kept = {tag: each for tag, each in an_article().locales.items() if tag != "en"}
    publish(wired, an_article(version=2, media=(), locales=kept))
    items = client.get("/wires/agency", headers=AGENCY).json["items"]
    assert {item["language"]: (item["uri"][-3:], item["pubStatus"]) for item in items} == {
        "vi": ("#vi", "usable"),
        "en": ("#en", "canceled"),
    }


def test_a_wire_that_no_longer_selects_an_article_cancels_it(wired, client, agency):
    publish(wired, an_article(media=()))
    wire = wired.store.kept.channels["agency"].channel
    wired.add(replace(wire, selector=Selector(missions=("embassy-paris",))))
    publish(wired, a_correction(media=()))
    items = client.get("/wires/agency", headers=AGENCY).json["items"]
    assert {(item["version"], item["pubStatus"]) for item in items} == {("2", "canceled")}
    assert all("bodies" not in item for item in items)
    publish(wired, a_retraction())
    items = client.get("/wires/agency", headers=AGENCY).json["items"]
    assert {item["version"] for item in items} == {"2"}
