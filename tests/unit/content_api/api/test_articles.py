# SPDX-License-Identifier: EUPL-1.2
import hashlib

import pytest

from content_api.testing.builders import a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.use_cases.retract import retract

PATH = "/v1/articles"


def test_the_whole_document_and_one_language_of_it(call, live):
    whole = call("GET", f"{PATH}/{live}", "reader")
    assert set(whole.json["locales"]) == {"vi", "en"}
    assert "Content-Language" not in whole.headers
    one = call("GET", f"{PATH}/{live}?locale=ja&fallback=fr,en", "reader")
    assert one.json["locale"] == "en"
    assert set(one.json["locales"]) == {"en"}
    assert one.headers["Content-Language"] == "en"


def test_what_is_served_is_what_was_stored(call, store, live):
    stored, _ = store.tables.published[live, "vi"]
    response = call("GET", f"{PATH}/{live}?locale=vi", "reader")
    assert response.data == stored.body
    assert response.headers["ETag"] == f'"{hashlib.sha256(response.data).hexdigest()[:32]}"'


@pytest.mark.parametrize("path", ["/{id}", "/{id}?locale=vi", "?locale=vi", "/by-slug/vi/tuyen-bo"])
def test_who_has_it_already_gets_304(call, live, path):
    address = PATH + path.format(id=live)
    etag = call("GET", address, "reader").headers["ETag"]
    again = call("GET", address, "reader", headers={"If-None-Match": f'"other", {etag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)


def test_a_wrong_locale_is_named(call, live):
    response = call("GET", f"{PATH}/{live}?locale=english", "reader")
    assert response.status_code == 422
    assert response.json["errors"][0]["parameter"] == "locale"


def test_a_missing_language_lists_those_there_are(call, live):
    response = call("GET", f"{PATH}/{live}?locale=ja", "reader")
    assert (response.status_code, response.json["available_locales"]) == (404, ["en", "vi"])


@pytest.mark.parametrize(
    "path",
    ["/01941f29-7c00-7000-8000-00000000ffff", "/x", "/by-slug/vi/nichts", "/by-slug/vi/N%00"],
)
def test_what_was_never_there_is_not_found(call, path):
    assert call("GET", PATH + path, "reader").status_code == 404


def test_a_draft_is_not_there_for_readers(call, written):
    made = call("POST", "/v1/desk/articles", "author", json=written).json["id"]
    assert call("GET", f"{PATH}/{made}", "reader").status_code == 404
    assert call("GET", PATH, "reader").json == {"items": [], "next": None}


def test_what_was_retracted_is_gone_and_says_why(call, store, live):
    retract(live, {"vi": "Đăng nhầm."}, store.deps(), caller="publisher", seen=1)
    for path in (f"/{live}", f"/{live}?locale=en", f"/{live}?locale=ja", "/by-slug/vi/tuyen-bo"):
        response = call("GET", PATH + path, "reader")
        assert response.status_code == 410
        assert response.json["notices"] == {"vi": "Đăng nhầm.", "en": "Đăng nhầm."}
        assert response.json["version"] == 2
    assert call("GET", f"{PATH}?locale=vi", "reader").json["items"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=statement", True),
        ("kind=news", False),
        ("topic=mofa:maritime", True),
        ("topic=mofa:culture", False),
        ("place=VN", False),
        ("mission=embassy-paris", False),
        ("locale=vi", True),
        ("locale=ja", False),
        ("from=2026-03-02T02:30:00Z", True),
        ("from=2026-03-02T02:30:01Z", False),
        ("to=2026-03-02T02:30:00Z", False),
        ("to=2026-03-02T02:30:01Z", True),
    ],
)
def test_the_list_is_filtered(call, live, query, found):
    items = call("GET", f"{PATH}?{query}", "reader").json["items"]
    assert [item["id"] for item in items] == ([live] if found else [])


def following(response):
    """Return the address of the next page, or None."""
    links = response.headers["Link"].split(", ")
    found = [each.partition(">")[0][1:] for each in links if each.endswith('rel="next"')]
    return found[0] if found else None


def test_the_list_goes_on_by_link(call, store):
    desk = Desk(store.deps())
    made = [desk.live(with_slugs(a_document(), str(number))).id for number in range(3)]
    seen, address = [], f"{PATH}?locale=vi&limit=1"
    while address:
        response = call("GET", address, "reader")
        seen += [item["id"] for item in response.json["items"]]
        address = following(response)
    assert seen == sorted(made, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "AAAA", "MjAyNi0wMy0wMiB4", "%C3%A9"])
def test_a_cursor_of_another_list_is_named(call, cursor):
    response = call("GET", f"{PATH}?cursor={cursor}", "reader")
    assert response.status_code == 422
    assert response.json["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "colour=red", "locale=a&locale=b"]
)
def test_a_wrong_parameter_is_named(call, query):
    response = call("GET", f"{PATH}?{query}", "reader")
    assert response.status_code == 422
    assert response.json["errors"][0]["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize("who", [None, "author"])
def test_readers_need_a_key_with_the_scope(call, live, who):
    response = call("GET", f"{PATH}/{live}", who)
    assert response.status_code == (401 if who is None else 403)
    assert response.json["errors"][0]["parameter"] == "Authorization"
