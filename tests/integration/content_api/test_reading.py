# SPDX-License-Identifier: EUPL-1.2
"""What readers see while articles are published under their eyes."""

import threading
import time

import pytest
from werkzeug.test import Client

from communique.errors import Unavailable
from communique.ids import new_id
from communique.web.hot import HotCache
from content_api.app import create_app
from content_api.store.shelf import PostgresShelf
from content_api.store.tables import PUBLISHED_CHANNEL
from content_api.testing.builders import a_document, with_slugs
from content_api.use_cases.retract import retract

READER = "ck_" + "r" * 43
PAGE = "/articles/vi/khai-mac-tuan-le-van-hoa"


@pytest.fixture
def hot(service, postgres_url, sql):
    """The application behind its hot cache, following the database."""
    service.keys().create("reader", ["articles:read"], secret=READER)
    guard = service.guard()
    app = create_app(service.deps, service.site, guard, service.ready)
    cache = HotCache(app, guard)
    stop = threading.Event()
    follower = threading.Thread(target=cache.follow, args=(postgres_url, [PUBLISHED_CHANNEL], stop))
    follower.start()
    eventually(lambda: cache._on)
    yield cache, Client(cache)
    stop.set()
    sql("SELECT pg_notify(%s, '')", [PUBLISHED_CHANNEL])
    follower.join()


def eventually(condition, seconds=5):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not become so in time"
        time.sleep(0.01)


def following(response):
    """Return the address of the next page, or None."""
    links = response.headers["Link"].split(", ")
    found = [each.partition(">")[0][1:] for each in links if each.endswith('rel="next"')]
    return found[0] if found else None


def get(client, path, **headers):
    return client.get(path, headers={"Authorization": f"Bearer {READER}", **headers})


def warm(cache, client, address):
    """Ask until the answer is kept; a notification of what came before may still clear it."""
    path, _, query = address.partition("?")
    eventually(lambda: get(client, address).status_code == 200 and (path, query) in cache._kept)
    return get(client, address)


def test_a_hot_answer_is_given_again_without_the_application(hot, desk):
    cache, client = hot
    path = f"/v1/articles/{desk.live(a_document()).id}"
    first = warm(cache, client, path)
    cache._app = None
    assert get(client, path).data == first.data
    assert get(client, path, **{"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_change_is_seen_at_once_through_the_cache(hot, desk):
    cache, client = hot
    article = desk.live(a_document())
    path, listing = f"/v1/articles/{article.id}?locale=vi", "/v1/articles?locale=vi"
    for address in (path, listing, PAGE):
        warm(cache, client, address)
    desk.publish(desk.approve(desk.save(article, a_document(urgency=1))))
    eventually(lambda: get(client, path).json["version"] == 2)
    eventually(lambda: get(client, listing).json["items"][0]["version"] == 2)
    retract(article.id, {"vi": "Rút."}, desk.deps, caller="publisher", seen=2)
    eventually(lambda: get(client, path).status_code == 410)
    eventually(lambda: get(client, listing).json["items"] == [])
    eventually(lambda: get(client, PAGE).status_code == 410)


def test_while_notifications_are_lost_nothing_is_kept(hot, desk, sql):
    cache, client = hot
    article = desk.live(a_document())
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
    )
    eventually(lambda: not cache._on)
    assert get(client, f"/v1/articles/{article.id}").status_code == 200
    assert not cache._kept
    eventually(lambda: cache._on)


def test_paging_shows_what_was_there_once_while_others_publish(desk, service):
    made = [desk.live(with_slugs(a_document(), str(number))) for number in range(12)]
    service.keys().create("reader", ["articles:read"], secret=READER)
    app = create_app(service.deps, service.site, service.guard(), service.ready)
    client, seen = app.test_client(), []
    address = "/v1/articles?locale=en&limit=3"
    while address:
        response = get(client, address)
        seen += [item["id"] for item in response.json["items"]]
        address = following(response)
        desk.live(with_slugs(a_document(), f"new-{len(seen)}"))
        oldest = made[0]
        made[0] = desk.publish(
            desk.approve(desk.save(oldest, with_slugs(a_document(), f"u-{len(seen)}")))
        )
    assert seen == sorted((article.id for article in made), reverse=True)


def test_readers_survive_a_connection_that_died(service, desk, sql):
    article = desk.live(a_document())
    assert service.shelf.get(article.id, "vi") is not None
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert service.shelf.get(article.id, "vi") is not None


def test_a_database_that_is_away_is_said_to_be():
    shelf = PostgresShelf("postgresql://127.0.0.1:1/nowhere", patience=0.2)
    shelf.open()
    with pytest.raises(Unavailable):
        shelf.get(new_id(), "vi")
    shelf.close()
