# SPDX-License-Identifier: EUPL-1.2
import pytest

from syndicator.testing.builders import a_channel

SPEC = {
    "name": "embassy-paris",
    "title": {"fr": "Ambassade"},
    "kind": "feed",
    "format": "rss",
    "connector": "feed",
    "locales": ["vi", {"locale": "fr", "fallback": ["en"]}],
}
URL = "/v1/channels/embassy-paris"
NEW = {"If-None-Match": "*"}


def test_a_channel_is_made_changed_paused_and_resumed(client, key):
    made = client.put(URL, json={"channel": SPEC, "secret": "s3cret"}, headers={**key, **NEW})
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert b"s3cret" not in made.data
    changed = client.put(
        URL,
        json={"channel": {**SPEC, "format": ["rss", "atom"]}},
        headers={**key, "If-Match": made.headers["ETag"]},
    )
    assert (changed.status_code, changed.json["channel"]["format"]) == (200, ["rss", "atom"])
    paused = client.post(f"{URL}/pause", headers={**key, "If-Match": changed.headers["ETag"]})
    assert paused.json["state"] == "paused"
    resumed = client.post(f"{URL}/resume", headers={**key, "If-Match": paused.headers["ETag"]})
    assert resumed.json["state"] == "active"
    deleted = client.delete(URL, headers={**key, "If-Match": resumed.headers["ETag"]})
    assert deleted.json["state"] == "paused"
    listed = client.get("/v1/channels", headers=key).json["items"]
    assert [each["channel"]["name"] for each in listed] == ["embassy-paris"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 428), ({"If-Match": '"7"'}, 412), ({"If-Match": '"x"'}, 412), (NEW, 412)],
)
def test_nobody_overwrites_what_they_have_not_seen(wired, client, key, headers, status):
    wired.add(a_channel(name="embassy-paris"))
    before = wired.store.kept.channels["embassy-paris"]
    answer = client.put(URL, json={"channel": SPEC}, headers={**key, **headers})
    assert answer.status_code == status
    assert wired.store.kept.channels["embassy-paris"] == before


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kind": "radio"}, "/channel/kind"),
        ({"connector": "pigeon"}, "/connector"),
        ({"format": ["scroll"]}, "/format/0"),
        ({"locales": []}, "/channel/locales"),
        ({"locales": ["Vietnamese"]}, "/channel/locales/0/locale"),
        ({"selector": {"kinds": ["gossip"]}}, "/channel/selector/kinds/0"),
        ({"selector": {"moods": ["good"]}}, "/channel/selector/moods"),
        ({"surprise": 1}, "/channel/surprise"),
        ({"name": "embassy-rome"}, "/channel/name"),
    ],
)
def test_a_fault_is_named_and_nothing_is_written(wired, client, key, change, pointer):
    answer = client.put(URL, json={"channel": {**SPEC, **change}}, headers={**key, **NEW})
    assert answer.status_code == 422
    assert pointer in [each["pointer"] for each in answer.json["errors"]]
    assert wired.store.kept.channels == {}


def test_channels_need_their_scope(client):
    assert client.get("/v1/channels").status_code == 401
    reader = {"Authorization": "Bearer ck_reader"}
    assert client.get("/v1/channels", headers=reader).status_code == 403


def test_an_unknown_channel_is_404(client, key):
    assert client.get(URL, headers=key).status_code == 404
