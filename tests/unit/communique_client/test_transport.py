# SPDX-License-Identifier: EUPL-1.2
import time
from email.utils import formatdate

import httpx
import pytest

import communique_client as package
from communique_client import Cache, NoAnswer, Patience
from communique_client.cache import Kept

PROBLEM = {
    "type": "urn:communique:problem:x",
    "title": "Some title",
    "status": 0,
    "detail": "Some detail.",
}
KINDS = [
    (400, package.InvalidRequest),
    (401, package.Unauthenticated),
    (403, package.Forbidden),
    (404, package.NotFound),
    (409, package.Problem),
    (410, package.Withdrawn),
    (422, package.InvalidRequest),
    (500, package.ServerError),
]


@pytest.mark.parametrize(("status", "kind"), KINDS)
def test_a_refusal_is_an_error_of_its_kind(client, server, status, kind):
    server.prepare(status, {**PROBLEM, "status": status})
    with pytest.raises(kind) as raised:
        client.articles.get("x")
    error = raised.value
    assert type(error) is kind
    assert (error.status, error.type) == (status, "urn:communique:problem:x")
    assert (error.title, error.detail, error.errors) == ("Some title", "Some detail.", ())
    assert str(error) == f"{status} Some title: Some detail."
    assert server.slept == []


def test_what_is_wrong_is_named(client, server):
    wrong = [{"parameter": "locale", "detail": "Not a language tag."}]
    server.prepare(422, {**PROBLEM, "errors": wrong})
    with pytest.raises(package.InvalidRequest) as raised:
        client.articles.get("x", locale="??")
    assert raised.value.errors == tuple(wrong)


def test_a_withdrawal_carries_its_notices(client, server):
    server.prepare(410, {**PROBLEM, "notices": {"en": "Withdrawn in error."}})
    with pytest.raises(package.Withdrawn) as raised:
        client.articles.get("x")
    assert raised.value.notices == {"en": "Withdrawn in error."}


def test_a_missing_language_names_those_there_are(client, server):
    server.prepare(404, {**PROBLEM, "available_locales": ["en", "vi"]})
    with pytest.raises(package.NotFound) as raised:
        client.articles.get("x", locale="fr")
    assert raised.value.available_locales == ("en", "vi")


@pytest.mark.parametrize("options", [{"text": "<html>"}, {"json": [1]}, {"content": b"\xff"}])
def test_a_refusal_that_is_no_problem_document_is_told_by_its_status(client, server, options):
    server.prepare(404, **options)
    with pytest.raises(package.NotFound, match="404"):
        client.articles.get("x")


def test_an_answer_that_is_not_json_is_no_answer(client, server):
    server.prepare(text="<html>")
    with pytest.raises(NoAnswer):
        client.articles.get("x")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_tried_again(client, server, document, status):
    server.prepare(status, PROBLEM).prepare(status, PROBLEM).prepare(json=document)
    assert client.articles.get("x").version == 2
    first, second = server.slept
    assert 0.125 <= first <= 0.25 <= second <= 0.5


def test_a_lost_connection_is_tried_again(client, server, document):
    server.fail(httpx.ConnectError("refused")).fail(httpx.ReadTimeout("slow"))
    server.prepare(json=document)
    assert client.articles.get("x").version == 2


def test_after_all_tries_there_is_no_answer(make, server):
    for _ in range(3):
        server.fail(httpx.ConnectError("refused"))
    with pytest.raises(NoAnswer, match=r"content\.example\.org"):
        make(patience=Patience(tries=3)).articles.get("x")
    assert len(server.slept) == 2


def test_after_all_tries_the_last_refusal_is_raised(make, server):
    for _ in range(2):
        server.prepare(503, PROBLEM, headers={"Retry-After": "1"})
    with pytest.raises(package.ServerError) as raised:
        make(patience=Patience(tries=2)).articles.get("x")
    assert raised.value.retry_after == 1.0


def test_no_tries_at_all_is_no_answer(make):
    with pytest.raises(NoAnswer):
        make(patience=Patience(tries=0)).articles.get("x")


def test_the_server_says_how_long_to_wait(client, server, document):
    server.prepare(429, PROBLEM, headers={"Retry-After": "7"}).prepare(json=document)
    client.articles.get("x")
    assert server.slept == [7.0]


def test_the_server_may_say_until_when_to_wait(client, server, document):
    moment = formatdate(time.time() + 20, usegmt=True)
    past = formatdate(time.time() - 86_400, usegmt=True)
    server.prepare(503, PROBLEM, headers={"Retry-After": moment})
    server.prepare(503, PROBLEM, headers={"Retry-After": past})
    server.prepare(json=document)
    client.articles.get("x")
    first, second = server.slept
    assert 17 < first <= 20
    assert second == 0


def test_a_wait_that_cannot_be_read_is_our_own(client, server, document):
    server.prepare(503, PROBLEM, headers={"Retry-After": "soon"}).prepare(json=document)
    client.articles.get("x")
    assert 0 < server.slept[0] <= 0.25


def test_who_would_wait_too_long_is_told_at_once(client, server):
    server.prepare(429, PROBLEM, headers={"Retry-After": "3600"})
    with pytest.raises(package.TooManyRequests) as raised:
        client.articles.get("x")
    assert raised.value.retry_after == 3600
    assert server.slept == []


def test_what_has_not_changed_comes_from_the_cache(client, server, document):
    server.prepare(json=document, headers={"ETag": '"one"'}).prepare(304)
    first = client.articles.get("x")
    assert client.articles.get("x") == first
    assert "If-None-Match" not in server.requests[0].headers
    assert server.requests[1].headers["If-None-Match"] == '"one"'


def test_what_has_changed_replaces_what_was_kept(client, server, document):
    server.prepare(json=document, headers={"ETag": '"one"'})
    server.prepare(json={**document, "version": 3}, headers={"ETag": '"two"'}).prepare(304)
    assert [client.articles.get("x").version for _ in range(3)] == [2, 3, 3]
    assert server.requests[2].headers["If-None-Match"] == '"two"'


def test_another_address_is_another_answer(client, server, document):
    server.prepare(json=document, headers={"ETag": '"one"'}).prepare(json=document)
    client.articles.get("x")
    client.articles.get("x", locale="en")
    assert "If-None-Match" not in server.requests[1].headers


def test_without_a_cache_nothing_is_kept(make, server, document):
    client = make(cache=Cache(most_bytes=0))
    for _ in range(2):
        server.prepare(json=document, headers={"ETag": '"one"'})
        client.articles.get("x")
    assert "If-None-Match" not in server.requests[1].headers


def test_the_cache_drops_what_was_not_used_for_longest():
    cache = Cache(most_bytes=5)
    cache.put("a", Kept("1", b"aa"))
    cache.put("b", Kept("1", b"bb"))
    assert cache.get("a") is not None
    cache.put("c", Kept("1", b"cc"))
    assert cache.get("b") is None
    assert cache.get("a") is not None
    cache.put("a", Kept("2", b"a"))
    assert cache.get("a") == Kept("2", b"a")
    assert cache.get("c") is not None
