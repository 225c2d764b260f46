# SPDX-License-Identifier: EUPL-1.2
"""Missions, topics, people and names of places: kept by some, read by all, asked on every save."""

from datetime import UTC, datetime

import pytest

from communique.keys import Key
from communique.web.auth import Guard

MISSION = {
    "kind": "embassy",
    "names": {"vi": "Đại sứ quán tại Paris", "en": "Embassy in Paris"},
    "country": "FR",
    "seat": {"en": "Paris"},
    "languages": ["vi", "fr"],
    "head": {"en": "Ambassador"},
}
TOPIC = {"labels": {"vi": "Biển", "en": "Maritime affairs"}}
OFFICE = {"office": {"en": "Spokesperson"}, "since": "2025-02-01"}
PERSON = {"name": "The Holder", "offices": [OFFICE]}
FRANCE = {"names": {"vi": "Cộng hòa Pháp"}}
ENTRIES = [
    ("missions", "embassy-paris", MISSION, {"country": "MC"}),
    ("topics", "mofa:maritime", TOPIC, {"labels": {"vi": "Biển đảo"}}),
    ("people", "holder", PERSON, {"offices": []}),
    ("places", "FR", FRANCE, {"names": {"vi": "Pháp"}}),
]
SCOPES = {
    "keeper": ("registers:manage", "desk:write"),
    "author": ("desk:write",),
    "reader": ("articles:read",),
}
EVERY = pytest.mark.parametrize(("register", "code", "entry", "change"), ENTRIES)


def find(secret):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    name = secret.removeprefix("ck_")
    return Key(name, name, "ck_…", SCOPES[name], moment, None, None) if name in SCOPES else None


@pytest.fixture
def send(app):
    app.extensions["guard"] = Guard(find)
    client = app.test_client()

    def call(method, path, who, json=None, **headers):
        given = {"Authorization": f"Bearer ck_{who}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return client.open(path, method=method, json=json, headers=given)

    return call


@pytest.fixture
def filled(send):
    for register, code, entry, _ in ENTRIES:
        assert put(send, f"{register}/{code}", entry).status_code == 201


def put(send, path, entry, **headers):
    return send("PUT", f"/v1/desk/{path}", "keeper", entry, **headers)


def pointers(answer):
    assert answer.status_code == 422, answer.json
    return {each["pointer"] for each in answer.json["errors"]}


@EVERY
def test_an_entry_is_kept_changed_and_taken_out(send, register, code, entry, change):
    path = f"/v1/desk/{register}/{code}"
    made = send("PUT", path, "keeper", entry)
    assert (made.status_code, made.headers["ETag"]) == (201, '"r1"')
    assert (made.json["revision"], made.json["updated_by"]) == (1, "keeper")
    same = send("PUT", path, "keeper", entry, If_Match='"r1"')
    assert (same.status_code, same.json["revision"]) == (200, 1)
    changed = send("PUT", path, "keeper", {**entry, **change}, If_Match='"r1"')
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"r2"')
    seen = send("GET", path, "author")
    assert (seen.status_code, seen.json["revision"]) == (200, 2)
    assert seen.json.items() >= change.items()
    assert send("GET", f"/v1/desk/{register}", "author").json == {"items": [seen.json]}
    assert send("DELETE", path, "keeper", If_Match='"r2"').status_code == 204
    assert send("GET", path, "author").status_code == 404
    assert send("DELETE", path, "keeper", If_Match='"r2"').status_code == 404


@EVERY
def test_nobody_overwrites_what_they_have_not_seen(send, register, code, entry, change):
    path = f"/v1/desk/{register}/{code}"
    assert send("PUT", path, "keeper", entry, If_Match='"r1"').status_code == 412
    assert send("PUT", path, "keeper", entry).status_code == 201
    assert send("PUT", path, "keeper", entry).status_code == 428
    assert send("PUT", path, "keeper", {**entry, **change}, If_Match='"r7"').status_code == 412
    assert send("PUT", path, "keeper", entry, If_Match="anything").status_code == 412
    assert send("DELETE", path, "keeper").status_code == 428
    assert send("DELETE", path, "keeper", If_Match='"r7"').status_code == 412


@EVERY
def test_only_those_who_manage_registers_change_them(send, register, code, entry, change):
    path = f"/v1/desk/{register}/{code}"
    assert send("PUT", path, "author", entry).status_code == 403
    assert send("DELETE", path, "author", If_Match='"r1"').status_code == 403
    assert send("GET", path, "reader").status_code == 403


@pytest.mark.parametrize(
    ("path", "entry", "wrong"),
    [
        ("missions/a", {**MISSION, "kind": "branch"}, "/kind"),
        ("missions/a", {**MISSION, "names": {}}, "/names"),
        ("missions/a", {**MISSION, "names": {"VI": "x"}}, "/names/VI"),
        ("missions/a", {**MISSION, "country": "VN-HN"}, "/country"),
        ("missions/a", {**MISSION, "country": "XK"}, "/country"),
        ("missions/a", {**MISSION, "languages": ["vietnamese"]}, "/languages/0"),
        ("missions/a", {**MISSION, "channels": ["A B"]}, "/channels/0"),
        ("missions/a", {**MISSION, "slug": "b"}, "/slug"),
        ("topics/mofa:a", {**TOPIC, "broader": "mofa:none"}, "/broader"),
        ("topics/mofa:a", {**TOPIC, "media_topic": "medtop:1"}, "/media_topic"),
        ("topics/mofa:a", {"labels": {"vi": " "}}, "/labels/vi"),
        ("people/a", {**PERSON, "name": ""}, "/name"),
        ("people/a", {**PERSON, "offices": [{**OFFICE, "office": {}}]}, "/offices/0/office"),
        ("people/a", {**PERSON, "offices": [{**OFFICE, "since": "soon"}]}, "/offices/0/since"),
        (
            "people/a",
            {**PERSON, "offices": [{**OFFICE, "until": "2025-01-31"}]},
            "/offices/0/until",
        ),
        ("people/a", {**PERSON, "offices": [{**OFFICE, "mission": "x"}]}, "/offices/0/mission"),
        ("places/XK", {"names": {"vi": "x"}}, "/code"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_kept(send, store, path, entry, wrong):
    assert pointers(put(send, path, entry)) == {wrong}
    assert store.tables.registers == {}


@pytest.mark.parametrize("path", ["missions/A_B", "topics/maritime", "people/A.B", "places/vn"])
def test_a_code_of_another_form_is_not_found(send, path):
    assert send("GET", f"/v1/desk/{path}", "author").status_code == 404
    assert send("DELETE", f"/v1/desk/{path}", "keeper", If_Match='"r1"').status_code == 404


def test_topics_have_an_order_and_no_ring(send):
    put(send, "topics/mofa:sea", TOPIC)
    put(send, "topics/mofa:rescue", {**TOPIC, "broader": "mofa:sea"})
    assert send("GET", "/v1/desk/topics/mofa:sea", "author").json["narrower"] == ["mofa:rescue"]
    ring = put(send, "topics/mofa:sea", {**TOPIC, "broader": "mofa:rescue"}, If_Match='"r1"')
    assert pointers(ring) == {"/broader"}
    used = send("DELETE", "/v1/desk/topics/mofa:sea", "keeper", If_Match='"r1"')
    assert (used.status_code, used.json["used_by"]) == (409, "mofa:rescue")


def test_readers_see_what_codes_stand_for(send, filled):
    topics = send("GET", "/v1/topics", "reader")
    facts = {"code": "mofa:maritime", "broader": None, "media_topic": None, "narrower": []}
    assert topics.json["items"] == [{**TOPIC, **facts}]
    one = send("GET", "/v1/missions/embassy-paris", "reader")
    assert one.json.items() >= MISSION.items()
    assert send("GET", "/v1/missions", "reader").json["items"] == [one.json]
    assert send("GET", "/v1/missions/none", "reader").status_code == 404
    assert send("GET", "/v1/missions/NONE!", "reader").status_code == 404
    known = send("GET", "/v1/topics", "reader", If_None_Match=topics.headers["ETag"])
    assert known.status_code == 304


def test_places_are_named_in_the_languages_asked_for(send, filled):
    answer = send("GET", "/v1/places?locale=vi,en", "reader")
    names = {each["code"]: each["names"] for each in answer.json["items"]}
    assert len(names) == 249
    assert names["FR"] == {"vi": "Cộng hòa Pháp", "en": "France"}
    assert names["JP"] == {"vi": "Nhật Bản", "en": "Japan"}
    assert send("GET", "/v1/places?locale=qqq", "reader").status_code == 422


@pytest.fixture
def document(written):
    speaker = {"office": {"en": "Spokesperson"}, "name": "The Holder"}
    given = {"topics": ["mofa:maritime"], "missions": ["embassy-paris"], "places": ["VN-HN"]}
    return {**written, **given, "speaker": speaker}


def test_empty_registers_are_not_asked(send, document):
    assert send("POST", "/v1/desk/articles", "author", document).status_code == 201


def test_a_saved_document_is_held_to_the_registers_too(send, filled, document):
    made = send("POST", "/v1/desk/articles", "author", document)
    assert made.status_code == 201
    path = f"/v1/desk/articles/{made.json['id']}"
    saved = send("PUT", path, "author", {**document, "topics": ["mofa:other"]}, If_Match='"d1"')
    assert pointers(saved) == {"/topics/0"}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"topics": ["mofa:maritime", "mofa:other"]}, "/topics/1"),
        ({"missions": ["embassy-rome"]}, "/missions/0"),
        ({"places": ["XK"]}, "/places/0"),
        ({"speaker": {"office": {"en": "Spokesperson"}, "name": "Another"}}, "/speaker/name"),
        ({"speaker": {"office": {"en": "Minister"}, "name": "The Holder"}}, "/speaker/office/en"),
    ],
)
def test_what_is_in_no_register_is_named(send, store, filled, document, change, wrong):
    answer = send("POST", "/v1/desk/articles", "author", {**document, **change})
    assert pointers(answer) == {wrong}
    assert store.tables.articles == {}
