# SPDX-License-Identifier: EUPL-1.2
import copy
import unicodedata
from datetime import timedelta

import pytest

from communique.clock import rfc3339
from communique.ids import new_id

PATH = "/v1/desk/articles"


def pointers(response):
    return {error.get("pointer", error.get("parameter")) for error in response.json["errors"]}


@pytest.fixture
def made(call, written):
    return call("POST", PATH, "author", json=written).json["id"]


def test_creating_answers_with_address_and_etag(call, written):
    response = call("POST", PATH, "author", json=written)
    assert response.status_code == 201
    assert response.headers["Location"] == f"{PATH}/{response.json['id']}"
    assert response.headers["ETag"] == '"d1"'
    assert response.json["author"] == "author"


def test_a_lost_answer_can_be_asked_for_again(call, written):
    chosen = {**written, "id": new_id()}
    assert call("POST", PATH, "author", json=chosen).status_code == 201
    again = call("POST", PATH, "author", json=chosen)
    assert (again.status_code, again.json["id"]) == (200, chosen["id"])
    other = call("POST", PATH, "author", json={**chosen, "urgency": 1})
    assert (other.status_code, pointers(other)) == (409, {"/id"})


def test_text_is_kept_in_nfc(call, written):
    written["locales"]["vi"]["title"] = unicodedata.normalize("NFD", "Tuyên bố")
    response = call("POST", PATH, "author", json=written)
    assert response.json["document"]["locales"]["vi"]["title"] == "Tuyên bố"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"colour": "red"}, "/colour"),
        ({"kind": "poem"}, "/kind"),
        ({"id": "01941f29-7c00-4000-8000-000000000001"}, "/id"),
        ({"source_locale": "ru"}, "/source_locale"),
        ({"source_locale": "VN"}, "/source_locale"),
        ({"locales": {}}, "/locales"),
        ({"urgency": 9}, "/urgency"),
        ({"topics": ["no scheme"]}, "/topics/0"),
        ({"embargo_until": "tomorrow"}, "/embargo_until"),
    ],
)
def test_each_wrong_field_is_named_and_nothing_is_written(call, store, written, change, pointer):
    response = call("POST", PATH, "author", json={**written, **change})
    assert (response.status_code, pointers(response)) == (422, {pointer})
    assert response.content_type == "application/problem+json"
    assert store.tables.articles == {}


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("title", "a\x00b", "/locales/vi/title"),
        ("source_version", 3, "/locales/vi/source_version"),
        ("body", [{"type": "paragraph", "html": "<script>"}], "/locales/vi/body/0/html"),
        ("body", [{"type": "poem"}], "/locales/vi/body/0/type"),
        ("slug", "Tuyên bố", "/locales/vi/slug"),
    ],
)
def test_each_wrong_field_of_a_language_is_named(call, store, written, field, value, pointer):
    wrong = copy.deepcopy(written)
    wrong["locales"]["vi"][field] = value
    response = call("POST", PATH, "author", json=wrong)
    assert (response.status_code, pointers(response)) == (422, {pointer})
    assert store.tables.articles == {}


def test_script_in_a_single_language_is_refused_and_nothing_is_written(call, store, made, written):
    text = {
        **written["locales"]["vi"],
        "body": [{"type": "paragraph", "html": "a<script>b</script>"}],
    }
    response = call("PUT", f"{PATH}/{made}/locales/vi", "author", json=text, seen=1)
    assert (response.status_code, pointers(response)) == (422, {"/body/0/html"})
    assert len(store.tables.drafts) == 1


def test_saving_makes_the_next_draft(call, made, written):
    response = call("PUT", f"{PATH}/{made}", "author", json={**written, "urgency": 2}, seen=1)
    assert (response.status_code, response.headers["ETag"]) == (200, '"d2"')
    assert call("GET", f"{PATH}/{made}", "author").json["document"]["urgency"] == 2


def test_one_language_is_set_and_the_others_stay(call, made, written):
    text = {"title": "Déclaration", "slug": "declaration", "body": []}
    response = call("PUT", f"{PATH}/{made}/locales/fr", "author", json=text, seen=1)
    locales = response.json["document"]["locales"]
    assert set(locales) == {"vi", "en", "fr"}
    assert locales["vi"]["title"] == written["locales"]["vi"]["title"]
    wrong = call("PUT", f"{PATH}/{made}/locales/f_r", "author", json=text, seen=2)
    assert (wrong.status_code, pointers(wrong)) == (422, {"locale"})


@pytest.mark.parametrize("etag", ['"d7"', 'W/"d1"', "*", "d1", '"x"'])
def test_a_stale_if_match_is_told_the_current_one(call, store, made, written, etag):
    response = call("PUT", f"{PATH}/{made}", "author", json=written, headers={"If-Match": etag})
    assert (response.status_code, response.json["current_etag"]) == (412, '"d1"')
    assert len(store.tables.drafts) == 1


@pytest.mark.parametrize("step", ["approve", "publish", "correct", "retract"])
def test_every_step_needs_if_match(call, made, step):
    who = "editor" if step == "approve" else "publisher"
    response = call("POST", f"{PATH}/{made}/{step}", who, json={"notices": {"vi": "Rút."}})
    assert (response.status_code, pointers(response)) == (428, {"If-Match"})


@pytest.mark.parametrize(
    ("step", "who"), [("approve", "author"), ("publish", "editor"), ("retract", "editor")]
)
def test_every_step_needs_its_scope(call, made, step, who):
    response = call("POST", f"{PATH}/{made}/{step}", who, json={"notices": {"vi": "Rút."}}, seen=1)
    assert response.status_code == 403


def test_four_eyes(call, written):
    made = call("POST", PATH, "editor", json=written).json["id"]
    assert call("POST", f"{PATH}/{made}/approve", "editor", seen=1).status_code == 403


def test_an_embargo_is_accepted_for_later(call, store, written):
    until = rfc3339(store.moment + timedelta(minutes=1))
    made = call("POST", PATH, "author", json={**written, "embargo_until": until}).json["id"]
    call("POST", f"{PATH}/{made}/approve", "editor", seen=1)
    response = call("POST", f"{PATH}/{made}/publish", "publisher", seen=1)
    assert (response.status_code, response.json["state"]) == (202, "scheduled")
    assert response.json["embargo_until"] == until


@pytest.mark.parametrize("tail", ["", "/versions", "/versions/1", "/deliveries"])
@pytest.mark.parametrize("unknown", ["01941f29-7c00-7000-8000-00000000ffff", "x", "%00"])
def test_an_unknown_article_is_not_found(call, tail, unknown):
    assert call("GET", f"{PATH}/{unknown}{tail}", "author").status_code == 404


def test_versions_are_listed_and_read(call, live):
    assert [
        line["version"] for line in call("GET", f"{PATH}/{live}/versions", "author").json["items"]
    ] == [1]
    version = call("GET", f"{PATH}/{live}/versions/1", "author")
    assert (version.json["version"], version.json["id"]) == (1, live)
    assert call("GET", f"{PATH}/{live}/versions/{2**70}", "author").status_code == 404


def test_deliveries_of_an_article(call, live):
    board = call("GET", f"{PATH}/{live}/deliveries", "author").json
    assert board == {"article": live, "version": 1, "closed": False, "items": [], "history": []}


def test_the_list_goes_on_by_cursor(call, written):
    made = [call("POST", PATH, "author", json=written).json["id"] for _ in range(3)]
    first = call("GET", f"{PATH}?limit=2", "author").json
    rest = call("GET", f"{PATH}?limit=2&cursor={first['next']}&state=draft", "author").json
    assert [line["id"] for line in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None


def test_a_correction_needs_its_note(call, live, written):
    text = {**written["locales"]["vi"], "title": "Tuyên bố đã sửa"}
    path = f"{PATH}/{live}"
    call("PUT", f"{path}/locales/vi", "author", json=text, seen=1)
    call("POST", f"{path}/approve", "editor", seen=2)
    refused = call("POST", f"{path}/correct", "publisher", seen=2)
    assert (refused.status_code, pointers(refused)) == (422, {"/locales/vi/correction_note"})
    noted = {**text, "correction_note": "Tên trước đây sai."}
    call("PUT", f"{path}/locales/vi", "author", json=noted, seen=2)
    call("POST", f"{path}/approve", "editor", seen=3)
    done = call("POST", f"{path}/correct", "publisher", seen=3)
    assert (done.status_code, done.json["version"], done.json["state"]) == (200, 2, "live")


def test_a_retraction_answers_with_its_version(call, live):
    body = {"notices": {"vi": "Rút."}}
    done = call("POST", f"{PATH}/{live}/retract", "publisher", json=body, seen=1)
    assert (done.status_code, done.json["version"], done.json["state"]) == (200, 2, "retracted")
    wrong = call("POST", f"{PATH}/{live}/retract", "publisher", json={"notices": {}}, seen=1)
    assert (wrong.status_code, pointers(wrong)) == (422, {"/notices"})
