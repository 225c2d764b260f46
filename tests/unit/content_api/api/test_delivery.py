# SPDX-License-Identifier: EUPL-1.2
"""Chosen fields, what is linked, links, surrogate keys, freshness, reading across sites."""

from dataclasses import replace
from datetime import timedelta

import pytest

from communique.events.article import Links
from content_api.testing.builders import a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.use_cases.retract import retract

PATH = "/v1/articles"
SITE = "https://www.example.org/articles"


@pytest.fixture
def desk(store):
    return Desk(store.deps())


@pytest.fixture
def linking(desk):
    """An article that links to a live one, to one without Vietnamese, and to one never live."""
    near = desk.live(with_slugs(a_document(), "near")).id
    only_en = with_slugs(a_document(source_locale="en"), "far")
    english = replace(only_en, locales={"en": only_en.locales["en"]})
    far = desk.live(english).id
    draft = desk.create(with_slugs(a_document(), "draft")).id
    links = Links(related=(near, far, draft), corrects=near)
    article = desk.live(a_document(links=links))
    return article.id, near, far, draft


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("kind", {"id", "kind"}),
        ("id,version", {"id", "version"}),
        ("locales.title,links.related", {"id", "locales", "links"}),
    ],
)
def test_only_the_fields_asked_for_and_the_id(call, live, fields, found):
    one = call("GET", f"{PATH}/{live}?locale=vi&fields={fields}", "reader")
    assert set(one.json) == found
    [item] = call("GET", f"{PATH}?locale=vi&fields={fields}", "reader").json["items"]
    assert item == one.json


def test_fields_inside_each_language_and_each_part(call, live):
    answer = call("GET", f"{PATH}/{live}?fields=locales.title,links.related,media.alt", "reader")
    assert answer.json == {
        "id": live,
        "locales": {"en": {"title": "Statement"}, "vi": {"title": "Tuyên bố"}},
        "media": [],
        "links": {"related": []},
    }


def test_a_whole_field_wins_over_a_part_of_it(call, live):
    answer = call("GET", f"{PATH}/{live}?fields=locales.title,locales", "reader")
    assert "body" in answer.json["locales"]["vi"]


@pytest.mark.parametrize("fields", ["colour", "locales.colour", "kind.x", "locales.body.html", "."])
def test_a_field_there_is_not_is_named(call, live, fields):
    for address in (PATH, f"{PATH}/{live}"):
        answer = call("GET", f"{address}?fields={fields}", "reader")
        assert answer.status_code == 422
        assert answer.json["errors"] == [
            {"parameter": "fields", "detail": f"No such field: {fields}."}
        ]


def test_fields_have_their_own_etag_and_are_taken_once(call, app, live):
    whole = call("GET", f"{PATH}/{live}", "reader").headers["ETag"]
    etags = {
        call("GET", f"{PATH}/{live}?fields={each}", "reader").headers["ETag"]
        for each in ("kind", "urgency", "kind,urgency")
    }
    assert len(etags | {whole}) == 4
    kept = dict(app.extensions["picked"]._kept)
    call("GET", f"{PATH}/{live}?fields=urgency,kind", "reader")
    assert app.extensions["picked"]._kept == kept


def test_taken_fields_are_bounded(call, app, live, monkeypatch):
    monkeypatch.setattr("content_api.api.fragments._MOST_PICKED", 100)
    for each in ("kind", "urgency", "kind,urgency", "audience", "version"):
        call("GET", f"{PATH}/{live}?fields={each}", "reader")
        picked = app.extensions["picked"]
        assert picked._bytes == sum(map(len, picked._kept.values())) <= 100


def test_what_is_linked_is_given_as_it_is_stored(call, store, linking):
    article, near, far, draft = linking
    address = f"{PATH}/{article}?locale=vi&expand=related,corrects,supersedes&fallback=en"
    answer = call("GET", address, "reader")
    expanded = answer.json["expanded"]
    assert [each["id"] for each in expanded["related"]] == [near, far]
    assert [each["locale"] for each in expanded["related"]] == ["vi", "en"]
    assert expanded["corrects"]["id"] == near
    assert expanded["supersedes"] is None
    assert expanded["missing"] == [draft]
    assert store.tables.published[near, "vi"][0].body in answer.data
    assert store.tables.published[article, "vi"][0].body[:-1] in answer.data
    assert answer.headers["Surrogate-Key"].split() == [
        f"article-{each}" for each in (article, near, far, draft)
    ]
    assert "Last-Modified" not in answer.headers


def test_without_a_fallback_the_whole_document_stands_in(call, linking):
    article, _, far, _ = linking
    answer = call("GET", f"{PATH}/{article}?locale=vi&expand=related", "reader").json
    [given] = [each for each in answer["expanded"]["related"] if each["id"] == far]
    assert set(given["locales"]) == {"en"}
    assert "locale" not in given


def test_a_list_is_expanded_too_with_chosen_fields(call, linking):
    article, near, *_ = linking
    answer = call("GET", f"{PATH}?locale=vi&expand=corrects&fields=kind", "reader").json
    items = {item["id"]: item["expanded"] for item in answer["items"]}
    assert items[article] == {"corrects": {"id": near, "kind": "news"}, "missing": []}
    assert items[near] == {"corrects": None, "missing": []}


def test_expansion_keeps_a_page_small(call):
    answer = call("GET", f"{PATH}?expand=related&limit=21", "reader")
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, "limit")
    assert call("GET", f"{PATH}?expand=media", "reader").status_code == 422


def test_what_links_is_presented_anew_when_the_linked_changes(call, store, desk, linking):
    article, near, *_ = linking
    address = f"{PATH}/{article}?locale=vi&expand=corrects"
    first = call("GET", address, "reader")
    ready = desk.approve(
        desk.save(desk_article(store, near), with_slugs(a_document(urgency=1), "near"))
    )
    desk.publish(ready)
    second = call("GET", address, "reader", headers={"If-None-Match": first.headers["ETag"]})
    assert second.json["expanded"]["corrects"]["urgency"] == 1
    seen = ready.draft_number
    retract(near, {"vi": "Rút."}, store.deps(), caller="publisher", seen=seen)
    third = call("GET", address, "reader", headers={"If-None-Match": second.headers["ETag"]})
    assert third.json["expanded"] == {"corrects": None, "missing": [near]}


def desk_article(store, article):
    with store.deps().unit_of_work() as unit:
        return unit.articles.get(article)


def test_links_lead_to_the_pages(call, live):
    links = call("GET", f"{PATH}/{live}?locale=vi", "reader").headers["Link"].split(", ")
    assert links == [
        f'<{SITE}/vi/tuyen-bo>; rel="canonical"',
        f'<{SITE}/en/statement>; rel="alternate"; hreflang="en"; type="text/html"',
        f'<{SITE}/vi/tuyen-bo>; rel="alternate"; hreflang="vi"; type="text/html"',
        f'<{SITE}/en/statement>; rel="alternate"; hreflang="x-default"',
    ]
    whole = call("GET", f"{PATH}/{live}", "reader").headers["Link"]
    assert whole.startswith(f'<https://www.example.org{PATH}/{live}>; rel="canonical"')


def test_every_page_of_a_list_leads_to_the_first(call, desk):
    for number in range(2):
        desk.live(with_slugs(a_document(), str(number)))
    first = call("GET", f"{PATH}?limit=1&kind=news", "reader")
    assert first.headers["Link"].startswith(f'<{PATH}?limit=1&kind=news>; rel="first", <')
    address = first.headers["Link"].rpartition("<")[2].partition(">")[0]
    last = call("GET", address, "reader")
    assert last.headers["Link"] == f'<{PATH}?limit=1&kind=news>; rel="first"'


def test_a_cursor_is_good_for_its_order_only(call, desk):
    for number in range(2):
        desk.live(with_slugs(a_document(), str(number)))
    cursor = call("GET", f"{PATH}?limit=1", "reader").json["next"]
    answer = call("GET", f"{PATH}?limit=1&order=published_at&cursor={cursor}", "reader")
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, "cursor")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=news,statement", True),
        ("kind=news&kind=speech", False),
        ("topic=mofa:x,mofa:maritime", True),
        ("urgency=4,5", True),
        ("urgency=1", False),
        ("audience=public", True),
        ("audience=press", False),
        ("office=Spokesperson,%20MFA", False),
        ("updated_from=2026-03-02T02:30:00Z", True),
        ("updated_to=2026-03-02T02:30:00Z", False),
        ("order=published_at", True),
    ],
)
def test_the_list_takes_every_filter(call, live, query, found):
    items = call("GET", f"{PATH}?{query}", "reader").json["items"]
    assert [item["id"] for item in items] == ([live] if found else [])


@pytest.mark.parametrize("name", ["kind=poem", "urgency=9", "audience=all", "order=title"])
def test_a_wrong_value_is_named(call, name):
    answer = call("GET", f"{PATH}?{name}", "reader")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"].startswith(name.partition("=")[0])


def test_who_has_it_since_then_gets_304(call, store, live):
    address = f"{PATH}/{live}?locale=vi"
    modified = call("GET", address, "reader").headers["Last-Modified"]
    assert modified == "Mon, 02 Mar 2026 02:30:00 GMT"
    again = call("GET", address, "reader", headers={"If-Modified-Since": modified})
    assert (again.status_code, again.data) == (304, b"")
    other = {"If-Modified-Since": modified, "If-None-Match": '"other"'}
    assert call("GET", address, "reader", headers=other).status_code == 200
    before = {"If-Modified-Since": "Mon, 02 Mar 2026 02:29:59 GMT"}
    assert call("GET", address, "reader", headers=before).status_code == 200


def test_a_cdn_may_keep_only_what_is_for_everybody(call, live):
    kept = call("GET", f"{PATH}/{live}", "reader").headers
    assert kept["Cache-Control"] == "private, max-age=5"
    assert "Surrogate-Control" not in kept
    assert kept["Surrogate-Key"] == f"article-{live}"
    assert call("GET", PATH, "reader").headers["Surrogate-Key"] == "articles"
    page = call("GET", "/articles/vi/tuyen-bo", None).headers
    assert page["Surrogate-Control"] == "max-age=5"
    assert page["Surrogate-Key"] == f"article-{live}"


def test_pages_of_other_sites_may_read_what_is_delivered_and_nothing_else(call, live):
    origin = {"Origin": "https://embassy.example.net", "Access-Control-Request-Method": "GET"}
    assert call("GET", PATH, "reader", headers=origin).headers["Access-Control-Allow-Origin"] == "*"
    preflight = call("OPTIONS", f"{PATH}/{live}", None, headers=origin)
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Methods"]) == (
        200,
        "GET, HEAD",
    )
    for path in ("/v1/desk/articles", "/v1/previews/pv_x"):
        for method in ("GET", "OPTIONS"):
            answer = call(method, path, "author", headers=origin)
            assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_draft_that_waits_is_in_no_expansion(call, desk, store):
    until = store.moment + timedelta(minutes=1)
    waiting = desk.publish(
        desk.approve(desk.create(with_slugs(a_document(embargo_until=until), "w")))
    )
    article = desk.live(a_document(links=Links(related=(waiting.id,))))
    answer = call("GET", f"{PATH}/{article.id}?expand=related", "reader")
    assert answer.json["expanded"] == {"related": [], "missing": [waiting.id]}
