# SPDX-License-Identifier: EUPL-1.2
"""A desk writes blocks, Markdown or HTML, and reads blocks."""

import pytest

from communique.ids import new_id

ASSET = new_id()


@pytest.fixture
def save(call, written):
    """Create an article whose Vietnamese text has these fields."""

    def send(**fields):
        given = {"title": "Tuyên bố", "slug": "tuyen-bo", **fields}
        document = {**written, "locales": {"vi": given}}
        return call("POST", "/v1/desk/articles", "author", json=document)

    return send


@pytest.mark.parametrize(
    "fields",
    [
        {"body_markdown": "## Một < hai\n\nChữ *nghiêng*."},
        {"body_html": "<h2>Một &lt; hai</h2><p>Chữ <i>nghiêng</i>.</p>"},
    ],
)
def test_a_text_becomes_blocks(save, fields):
    answer = save(**fields)
    assert answer.status_code == 201
    assert answer.json["document"]["locales"]["vi"]["body"] == [
        {"type": "heading", "level": 2, "text": "Một < hai"},
        {"type": "paragraph", "html": "Chữ <em>nghiêng</em>."},
    ]


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({}, {"body"}),
        ({"body": [], "body_markdown": "a"}, {"body", "body_markdown"}),
        ({"body_html": "a", "body_markdown": "a"}, {"body_html", "body_markdown"}),
        ({"body_markdown": "# a"}, {"body_markdown"}),
        ({"body_markdown": 1}, {"body_markdown"}),
        ({"body_markdown": " "}, {"body_markdown"}),
        ({"body_html": "<p>a<script>b</script>"}, {"body_html"}),
        ({"body_html": None}, {"body_html"}),
        ({"body_markdown": f"## {'a' * 301}"}, {"body_markdown"}),
        ({"body_markdown": "https://[::1"}, {"body_markdown"}),
        ({"body_text": "a", "body": []}, {"body_text"}),
    ],
)
def test_what_cannot_be_is_named_by_its_field(save, store, fields, pointers):
    answer = save(**fields)
    assert answer.status_code == 422
    named = {each["pointer"] for each in answer.json["errors"]}
    assert named == {f"/locales/vi/{name}" for name in pointers}
    assert store.tables.articles == {}


def test_the_wrong_line_is_named(save):
    answer = save(body_markdown="a\n\n`b`\n\n# c")
    details = [each["detail"] for each in answer.json["errors"]]
    assert [detail.partition(":")[0] for detail in details] == ["Line 3", "Line 5"]


def test_one_language_can_be_saved_from_markdown(call, save):
    made = save(body_markdown="a").json["id"]
    given = {"title": "T", "slug": "t", "body_markdown": f"![](asset:{ASSET})"}
    answer = call("PUT", f"/v1/desk/articles/{made}/locales/en", "author", json=given, seen=1)
    assert answer.status_code == 200
    body = answer.json["document"]["locales"]["en"]["body"]
    assert body == [{"type": "image", "asset": ASSET}]
