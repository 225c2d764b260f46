# SPDX-License-Identifier: EUPL-1.2
"""Translations over HTTP."""

import orjson
import pytest

from content_api.domain.document_codec import to_json
from content_api.testing.translations import every_block

PATH = "/v1/desk/articles"
XLIFF = "application/xliff+xml"


@pytest.fixture
def made(call):
    written = orjson.loads(to_json(every_block(arabic=True)))
    for text in written["locales"].values():
        del text["content_hash"], text["source_version"]
    answer = call("POST", PATH, "author", json=written)
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


@pytest.fixture
def put_title(call, made):
    """Change the title of one language."""

    def put(locale, title, seen, **headers):
        found = call("GET", f"{PATH}/{made}", "author").json["document"]["locales"][locale]
        return call(
            "PUT",
            f"{PATH}/{made}/locales/{locale}",
            "author",
            json={**found, "title": title},
            seen=seen,
            headers=headers,
        )

    return put


def send(app, method, path, content, **headers):
    key = "ck_" + "author" * 8
    return app.test_client().open(
        path,
        method=method,
        data=content,
        headers={"Authorization": f"Bearer {key}", "Content-Type": XLIFF, **headers},
    )


def test_all_translations_are_told(call, made, put_title):
    assert put_title("vi", "Tên mới", 1).status_code == 200
    answer = call("GET", f"{PATH}/{made}/translations", "author").json
    assert (answer["source_locale"], answer["draft"]) == ("vi", 2)
    (arabic,) = answer["items"]
    assert (arabic["locale"], arabic["state"], arabic["stale"]) == ("ar", "stale", 1)
    assert (arabic["segments"], arabic["percentage"]) == (18, 94.4)


def test_side_by_side(call, made, put_title):
    put_title("vi", "Khai mạc tuần lễ ẩm thực", 1)
    answer = call("GET", f"{PATH}/{made}/translations/ar", "author")
    title = answer.json["items"][0]
    assert title["state"] == "changed"
    assert title["source"]["text"] == "Khai mạc tuần lễ ẩm thực"
    assert title["target"]["text"] == "افتتاح الأسبوع الثقافي"
    assert title["was"]["text"] == "Khai mạc tuần lễ văn hoá"
    assert [piece["change"] for piece in title["diff"]] == ["same", "removed", "added"]
    assert answer.json["items"][1]["diff"] == []
    again = call(
        "GET",
        f"{PATH}/{made}/translations/ar",
        "author",
        headers={"If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_language_that_is_not_there_is_missing(call, made):
    answer = call("GET", f"{PATH}/{made}/translations/fr", "author").json
    assert (answer["state"], answer["percentage"]) == ("missing", 0.0)


@pytest.mark.parametrize(("locale", "status"), [("vi", 404), ("VN", 422)])
def test_what_is_no_translation_is_refused(call, made, locale, status):
    for path in (f"{locale}", f"{locale}.xlf"):
        answer = call("GET", f"{PATH}/{made}/translations/{path}", "author")
        assert answer.status_code == status


def test_the_source_draft_is_named_in_a_header(call, made, put_title):
    put_title("vi", "Tên mới", 1)
    assert put_title("ar", "x", 2, **{"Source-Draft": '"d1"'}).status_code == 200
    assert call("GET", f"{PATH}/{made}/translations/ar", "author").json["stale"] == 1
    refused = put_title("ar", "y", 3, **{"Source-Draft": "yesterday"})
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, "Source-Draft")


def test_confirming(call, made, put_title):
    put_title("vi", "Tên mới", 1)
    path = f"{PATH}/{made}/translations/ar/confirm"
    assert call("POST", path, "author").status_code == 428
    assert call("POST", path, "author", headers={"If-Match": '"d1"'}).status_code == 412
    assert call("POST", path, "author", headers={"If-Match": "d2"}).status_code == 412
    answer = call("POST", path, "author", headers={"If-Match": '"d2-t0"'})
    assert (answer.status_code, answer.json["state"], answer.json["origin"]) == (
        200,
        "fresh",
        "confirmed",
    )
    assert answer.headers["ETag"] == '"d2-t1"'


def test_a_file_goes_out_and_comes_in(app, call, made):
    path = f"{PATH}/{made}/translations/ar.xlf"
    out = call("GET", path, "author")
    assert (out.status_code, out.content_type) == (200, XLIFF)
    assert f'filename="{made}.ar.xlf"' in out.headers["Content-Disposition"]
    seen = {"If-Match": out.headers["ETag"]}
    content = out.data.replace("مسرح مكشوف".encode(), "مسرح آخر".encode())
    answer = send(app, "PUT", path, content, **seen)
    assert (answer.status_code, answer.json["origin"]) == (200, "imported")
    assert answer.headers["ETag"] == '"d2-t1"'
    assert send(app, "PUT", path, content, **seen).status_code == 412


def test_each_wrong_unit_is_named(app, call, made, put_title):
    path = f"{PATH}/{made}/translations/ar.xlf"
    content = call("GET", path, "author").data.replace(b'id="summary"', b'id="body.99.html"')
    put_title("vi", "Tên mới", 1)
    answer = send(app, "PUT", path, content, **{"If-Match": '"d2"'})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert {error["pointer"] for error in answer.json["errors"]} == {
        "/units/title",
        "/units/body.99.html",
    }
    assert call("GET", f"{PATH}/{made}", "author").headers["ETag"] == '"d2"'


def test_only_xliff_is_taken(app, made):
    path = f"{PATH}/{made}/translations/ar.xlf"
    seen = {"If-Match": '"d1"'}
    wrong = send(app, "PUT", path, b"{}", **seen, **{"Content-Type": "application/json"})
    assert wrong.status_code == 415
    assert send(app, "PUT", path, b"", **seen).status_code == 422
    assert send(app, "PUT", path, b"<xliff/>").status_code == 428


def test_without_a_machine_the_desk_is_told(call, made):
    answer = call("POST", f"{PATH}/{made}/translations/fr/machine-translate", "author", seen=1)
    assert (answer.status_code, "COMMUNIQUE_TRANSLATOR" in answer.json["detail"]) == (409, True)


def test_readers_have_no_business_here(call, made):
    for path in ("translations", "translations/ar", "translations/ar.xlf"):
        assert call("GET", f"{PATH}/{made}/{path}", "reader").status_code == 403
