# SPDX-License-Identifier: EUPL-1.2
import threading
from datetime import UTC, datetime

import pytest

from communique_client import Drop, Put, Selection


def put(document, locale=None):
    place = {"change": "put", "article": document["id"], "locale": locale, "version": 2}
    return {**place, "document": document}


def tombstone(document, reason):
    place = {"change": "tombstone", "article": document["id"], "locale": "en", "version": 3}
    return {**place, "reason": reason}


def test_a_page_says_what_to_keep_and_what_to_drop(client, server, document):
    items = [put(document), tombstone(document, "filter")]
    server.prepare(json={"items": items, "next": "c1", "more": True})
    changes = client.sync.page(Selection(locale="en", kind="news"), cursor="c0", limit=2, wait=5)
    kept, dropped = changes.items
    assert isinstance(kept, Put)
    assert kept.key == (document["id"], None)
    assert kept.article.document == document
    assert dropped == Drop((document["id"], "en"), 3, "filter")
    assert (changes.cursor, changes.more) == ("c1", True)
    assert dict(server.requests[0].url.params) == {
        "locale": "en",
        "kind": "news",
        "limit": "2",
        "cursor": "c0",
        "wait": "5",
    }
    assert server.requests[0].url.path == "/v1/sync"


def test_catching_up_ends_where_there_is_no_more(client, server, document):
    server.prepare(json={"items": [put(document)], "next": "c1", "more": True})
    server.prepare(json={"items": [put(document)], "next": "c2", "more": False})
    assert [changes.cursor for changes in client.sync.catch_up()] == ["c1", "c2"]
    first, second = server.requests
    assert dict(first.url.params) == {"limit": "100"}
    assert dict(second.url.params) == {"limit": "100", "cursor": "c1"}


def test_catching_up_with_nothing_new_gives_the_cursor(client, server):
    server.prepare(json={"items": [], "next": "c1", "more": False})
    [changes] = client.sync.catch_up(cursor="c0")
    assert (changes.items, changes.cursor) == ((), "c1")


class Stop(threading.Event):
    """Ends a loop after so many waits."""

    def __init__(self, waits):
        super().__init__()
        self.waits = waits

    def wait(self, timeout=None):
        assert timeout is not None
        self.waits -= 1
        if not self.waits:
            self.set()
        return self.is_set()


def test_following_goes_on_and_passes_on_what_comes(client, server, document):
    server.prepare(json={"items": [put(document)], "next": "c1", "more": False})
    server.prepare(json={"items": [], "next": "c1", "more": False})
    server.prepare(json={"items": [tombstone(document, "retracted")], "next": "c2", "more": False})
    server.prepare(json={"items": [], "next": "c2", "more": False})
    found = list(client.sync.follow(Stop(2), Selection(locale="en")))
    assert [changes.cursor for changes in found] == ["c1", "c2"]
    assert [len(changes.items) for changes in found] == [1, 1]
    assert [request.url.params.get("cursor") for request in server.requests] == [
        None,
        "c1",
        "c1",
        "c2",
    ]
    assert {request.url.params["wait"] for request in server.requests} == {"20"}


def test_whoever_has_stopped_asks_nothing(client, server):
    stop = threading.Event()
    stop.set()
    assert list(client.sync.follow(stop)) == []
    assert server.requests == []


@pytest.mark.parametrize("name", ["since", "until"])
def test_moments_are_no_part_of_a_stream(client, name):
    with pytest.raises(ValueError, match="cursor"):
        client.sync.page(Selection(**{name: datetime(2026, 1, 1, tzinfo=UTC)}))
