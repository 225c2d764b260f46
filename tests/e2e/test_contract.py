# SPDX-License-Identifier: EUPL-1.2
"""What every caller can rely on: 304, problems that name the field, nothing half-written."""

import pytest

from communique.ids import new_id
from local_stack.demo.web import Web
from local_stack.samples import article


@pytest.fixture(scope="module")
def web():
    return Web(20)


@pytest.fixture
def desk(stack, web):
    def ask(method, path, body=None, *, key=None, headers=None):
        url = f"{stack.addresses['content-api']}{path}"
        key = key or stack.credentials["desk"]["author"]
        return web.ask(method, url, key=key, body=body, headers=headers)

    return ask


@pytest.fixture
def draft():
    document = article("scholarships")
    for each in document["locales"].values():
        each["slug"] = f"{each['slug']}-{new_id()}"
    return {"id": new_id(), **document}


def problem(answer, status):
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= document.keys()
    return {each.get("pointer") or each.get("parameter") for each in document["errors"]}


def test_a_feed_read_twice_is_304_the_second_time(stack, web):
    url = f"{stack.addresses['syndicator']}/feeds/ministry-site.vi.atom"
    first = web.ask("GET", url)
    assert first.status == 200

    second = web.ask("GET", url, headers={"If-None-Match": first.headers["etag"]})

    assert (second.status, second.body) == (304, b"")


def test_a_wrong_key_is_401(desk, draft):
    named = problem(desk("POST", "/v1/desk/articles", draft, key="ck_" + "x" * 43), 401)
    assert named == {"Authorization"}
    assert desk("GET", f"/v1/desk/articles/{draft['id']}").status == 404


def test_a_wrong_locale_is_named(stack, desk, draft):
    reader = stack.credentials["reader"]
    assert problem(desk("GET", "/v1/articles?locale=klingon!", key=reader), 422) == {"locale"}
    draft["locales"]["EN"] = draft["locales"].pop("en")
    assert problem(desk("POST", "/v1/desk/articles", draft), 422) == {"/locales/EN"}
    assert desk("GET", f"/v1/desk/articles/{draft['id']}").status == 404


def test_a_script_is_refused_and_nothing_is_written(desk, draft):
    draft["locales"]["vi"]["body"][0]["html"] = "Xin chào <script>alert(1)</script>"
    named = problem(desk("POST", "/v1/desk/articles", draft), 422)
    assert named == {"/locales/vi/body/0/html"}
    assert desk("GET", f"/v1/desk/articles/{draft['id']}").status == 404


def test_an_unknown_field_is_named(desk, draft):
    draft["locales"]["vi"]["headline"] = "Tiêu đề"
    assert problem(desk("POST", "/v1/desk/articles", draft), 422) == {"/locales/vi/headline"}
    assert desk("GET", f"/v1/desk/articles/{draft['id']}").status == 404


def test_a_stale_if_match_changes_nothing(desk, draft):
    made = desk("POST", "/v1/desk/articles", draft)
    assert made.status == 201, made.body
    path = f"/v1/desk/articles/{draft['id']}"
    changed = {**draft, "urgency": 3}
    changed.pop("id")
    assert desk("PUT", path, changed, headers={"If-Match": made.headers["etag"]}).status == 200
    latest = desk("GET", path)

    again = {**changed, "urgency": 1}
    stale = desk("PUT", path, again, headers={"If-Match": made.headers["etag"]})

    assert problem(stale, 412) == {"If-Match"}
    assert desk("GET", path).headers["etag"] == latest.headers["etag"]
    assert problem(desk("PUT", path, again), 428) == {"If-Match"}


def test_four_eyes(stack, desk, draft):
    editor = stack.credentials["desk"]["editor"]
    made = desk("POST", "/v1/desk/articles", draft, key=editor)
    path = f"/v1/desk/articles/{draft['id']}/approve"
    answer = desk("POST", path, key=editor, headers={"If-Match": made.headers["etag"]})
    assert answer.status == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_agency_reads_only_its_own_wire(stack, web):
    base, agency = stack.addresses["syndicator"], stack.credentials["agency"]
    assert web.ask("GET", f"{base}/wires/press-agency", key=agency).status == 200
    assert web.ask("GET", f"{base}/wires/press-agency").status == 401
    assert web.ask("GET", f"{base}/wires/partner-portal", key=agency).status == 403


def test_everything_describes_itself(stack, web):
    for service in ("content-api", "syndicator", "media-store"):
        base = stack.addresses[service]
        assert web.ask("GET", f"{base}/openapi.json").json()["openapi"].startswith("3.1")
        assert web.ask("GET", f"{base}/swagger.json").json()["swagger"] == "2.0"
        assert b"swagger-ui" in web.ask("GET", f"{base}/docs/").body
        assert web.ask("GET", f"{base}/readyz").status == 200
        assert b"communique_requests_total" in web.ask("GET", f"{base}/metrics").body
