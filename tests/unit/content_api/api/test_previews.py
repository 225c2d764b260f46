# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

DESK = "/v1/desk/articles"


@pytest.fixture
def made(call, written):
    return call("POST", DESK, "author", json=written).json["id"]


@pytest.fixture
def share(call, made):
    def ask(**body):
        return call("POST", f"{DESK}/{made}/previews", "author", json=body)

    return ask


def save(call, made, written, title):
    written["locales"]["en"]["title"] = title
    answer = call("PUT", f"{DESK}/{made}", "author", json=written, seen=1)
    assert answer.status_code == 200


def test_who_has_the_token_sees_the_draft(call, made, share):
    answer = share()
    assert answer.status_code == 201
    token = answer.json["token"]
    assert answer.json["url"] == f"https://www.example.org/v1/previews/{token}"
    shown = call("GET", f"/v1/previews/{token}", None)
    assert (shown.json["article"], shown.json["draft"]) == (made, 1)
    assert set(shown.json["document"]["locales"]) == {"vi", "en"}
    assert shown.headers["Cache-Control"] == "no-store"
    assert "noindex" in shown.headers["X-Robots-Tag"]


def test_the_latest_draft_or_the_one_that_was_shared(call, made, share, written):
    latest, first = share().json["token"], share(draft=1).json["token"]
    save(call, made, written, "Second")
    titles = [
        call("GET", f"/v1/previews/{token}", None).json["document"]["locales"]["en"]["title"]
        for token in (latest, first)
    ]
    assert titles == ["Second", "Statement"]


def test_one_language_alone(call, made, share):
    token = share(locale="en").json["token"]
    shown = call("GET", f"/v1/previews/{token}", None)
    assert set(shown.json["document"]["locales"]) == {"en"}
    assert "Tuyên" not in shown.text
    assert "Tuyên" not in call("GET", f"/previews/{token}", None).text
    assert call("GET", f"/previews/{token}?locale=vi", None).status_code == 404


def test_the_page_says_that_it_is_a_draft_and_hides_from_search(call, share):
    token = share().json["token"]
    page = call("GET", f"/previews/{token}", None)
    assert page.status_code == 200
    assert "<strong>Bản nháp, chưa xuất bản</strong>" in page.text
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    assert "Một &lt; hai" in page.text
    assert f"/previews/{token}?locale=en" in page.text
    assert "ld+json" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    english = call("GET", f"/previews/{token}?locale=en", None)
    assert english.headers["Content-Language"] == "en"


def test_it_ends_by_the_clock_of_the_database(call, store, share):
    token = share(seconds=60).json["token"]
    store.pass_time(timedelta(seconds=59))
    assert call("GET", f"/v1/previews/{token}", None).status_code == 200
    store.pass_time(timedelta(seconds=1))
    for path in (f"/v1/previews/{token}", f"/previews/{token}"):
        assert call("GET", path, None).status_code == 404


def test_it_can_be_taken_back(call, made, share):
    shared = share().json
    path = f"{DESK}/{made}/previews"
    assert call("DELETE", f"{path}/{shared['id']}", "author").status_code == 204
    assert call("GET", f"/v1/previews/{shared['token']}", None).status_code == 404
    [line] = call("GET", path, "author").json["items"]
    assert line["revoked_at"] is not None
    assert "token" not in line
    assert shared["token"] not in call("GET", path, "author").text


def test_the_token_is_not_kept(store, share):
    token = share().json["token"]
    assert token not in repr(store.tables)


def test_sharing_is_audited(store, share, made):
    shared = share(locale="en").json
    details = {"preview": shared["id"], "draft": None, "locale": "en"}
    assert ("author", "share preview", made, details) in store.tables.audit


@pytest.mark.parametrize("token", ["pv_x", "x", "pv_%C3%A9", "pv_" + "A" * 43])
def test_another_token_shows_nothing(call, share, token):
    share()
    for path in (f"/v1/previews/{token}", f"/previews/{token}"):
        assert call("GET", path, None).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"draft": 2}, "/draft"),
        ({"draft": 0}, "/draft"),
        ({"locale": "fr"}, "/locale"),
        ({"seconds": 59}, "/seconds"),
        ({"seconds": 10**9}, "/seconds"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_each_wrong_field_is_named_and_nothing_is_written(store, share, body, pointer):
    answer = share(**body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert store.tables.previews == {}


def test_sharing_is_for_the_desk(call, made):
    for method, path in (("POST", ""), ("GET", ""), ("DELETE", "/x")):
        address = f"{DESK}/{made}/previews{path}"
        assert call(method, address, "reader", json={}).status_code == 403
    assert call("DELETE", f"{DESK}/{made}/previews/x", "author").status_code == 404
