# SPDX-License-Identifier: EUPL-1.2
import pytest

from content_api.testing.builders import a_document, with_slugs
from content_api.testing.desk import Desk

PATH = "/v1/search"


def test_a_find_says_what_and_where(call, live):
    hits = call("GET", f"{PATH}?q=tuyen bo&locale=vi", "reader").json
    assert hits["next"] is None
    hit = hits["items"][0]
    assert (hit["id"], hit["locale"], hit["version"], hit["slug"]) == (live, "vi", 1, "tuyen-bo")
    assert (hit["title"], hit["kind"]) == ("Tuyên bố", "statement")
    assert hit["highlight"] == {"title": "<mark>Tuyên</mark> <mark>bố</mark>"}


def test_text_is_escaped_around_a_find(call, live):
    hit = call("GET", f"{PATH}?q=mot&locale=vi", "reader").json["items"][0]
    assert hit["highlight"]["body"].startswith("<mark>Một</mark> &lt; hai")


def test_finds_go_on_by_next(call, store):
    desk = Desk(store.deps())
    made = {desk.live(with_slugs(a_document(), str(number))).id for number in range(5)}
    seen, cursor = [], ""
    while cursor is not None:
        page = call("GET", f"{PATH}?q=week&locale=en&limit=2{cursor}", "reader").json
        seen += [item["id"] for item in page["items"]]
        cursor = None if page["next"] is None else f"&cursor={page['next']}"
    assert len(seen) == 5
    assert set(seen) == made


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("locale=vi", "q"),
        ("q=a", "locale"),
        ("q=-a&locale=vi", "q"),
        ("q=&locale=vi", "q"),
        ("q=a&locale=vi&limit=51", "limit"),
        ("q=a&locale=vi&cursor=x", "cursor"),
        ("q=a&locale=vi&cursor=bmFuIDIwMjYtMDEtMDFUMDA6MDA6MDBaIHg", "cursor"),
        ("q=a&locale=vi&colour=red", "colour"),
    ],
)
def test_a_wrong_parameter_is_named(call, query, parameter):
    response = call("GET", f"{PATH}?{query}", "reader")
    assert response.status_code == 422
    assert response.json["errors"][0]["parameter"] == parameter


def test_readers_need_the_scope(call):
    assert call("GET", f"{PATH}?q=a&locale=vi", "author").status_code == 403
