# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime

import pytest

from communique_client import NoAnswer, Selection


def paths(server):
    return [request.url.raw_path.decode() for request in server.requests]


def test_an_article_is_read_with_all_that_it_has(client, server, document):
    server.prepare(json=document)
    article = client.articles.get(document["id"])
    assert (article.version, article.kind, article.locale) == (2, "statement", None)
    assert article.first_published_at == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    assert article.text.title == "Tuyên bố"
    assert article.texts["en"].summary == "Short."
    assert article.texts["vi"].body == ({"type": "divider"},)
    assert article.topics == ("mofa:maritime",)
    assert article.document == document
    assert paths(server) == [f"/v1/articles/{document['id']}"]


def test_the_key_and_the_name_of_the_client_are_sent(client, server, document):
    server.prepare(json=document)
    client.articles.get(document["id"])
    headers = server.requests[0].headers
    assert headers["Authorization"] == "Bearer ck_reader"
    assert headers["User-Agent"].startswith("communique-client/")


def test_without_a_key_none_is_sent(make, server, document):
    server.prepare(json=document)
    make(None).articles.get(document["id"])
    assert "Authorization" not in server.requests[0].headers


def test_a_language_and_what_to_take_instead_are_asked_for(client, server, document):
    alone = {**document, "locale": "en", "locales": {"en": document["locales"]["en"]}}
    server.prepare(json=alone)
    article = client.articles.get(document["id"], locale="fr", fallback=("en", "vi"))
    assert (article.locale, article.text.title) == ("en", "Statement")
    assert paths(server) == [f"/v1/articles/{document['id']}?locale=fr&fallback=en%2Cvi"]


def test_an_id_is_a_part_of_the_path_and_nothing_more(client, server, document):
    server.prepare(json=document)
    client.articles.get("../desk?x=1")
    assert paths(server) == ["/v1/articles/..%2Fdesk%3Fx%3D1"]


def test_an_address_leads_to_its_article(client, server, document):
    server.prepare(json=document)
    assert client.articles.by_slug("en", "statement").id == document["id"]
    assert paths(server) == ["/v1/articles/by-slug/en/statement"]


def test_all_pages_are_read_as_they_are_needed(client, server, document):
    server.prepare(json={"items": [document, document], "next": "second"})
    which = Selection(
        locale="en",
        kind="news",
        topic="mofa:maritime",
        place="VN",
        mission="embassy-paris",
        since=datetime(2026, 1, 1, tzinfo=UTC),
    )
    found = client.articles.all(which, limit=2)
    assert [next(found).version, next(found).version] == [2, 2]
    assert len(server.requests) == 1
    server.prepare(json={"items": [document], "next": None})
    assert len(list(found)) == 1
    first, second = (dict(request.url.params) for request in server.requests)
    assert first == {
        "locale": "en",
        "kind": "news",
        "topic": "mofa:maritime",
        "place": "VN",
        "mission": "embassy-paris",
        "since": "2026-01-01T00:00:00+00:00",
        "limit": "2",
    }
    assert second == {**first, "cursor": "second"}


def test_an_empty_list_ends(client, server):
    server.prepare(json={"items": [], "next": None})
    assert list(client.articles.all()) == []


def test_a_list_that_does_not_go_on_is_an_error(client, server):
    for _ in range(2):
        server.prepare(json={"items": [], "next": "same"})
    with pytest.raises(NoAnswer):
        list(client.articles.all())
