# SPDX-License-Identifier: EUPL-1.2
"""The hot cache against real notifications."""

import threading
import time

import psycopg
import pytest
from flask import Flask, Response

from communique.web.auth import Guard
from communique.web.hot import HotCache, remember


@pytest.fixture
def said():
    return ["one"]


@pytest.fixture
def cache(said):
    app = Flask("sample")

    @app.get("/kept")
    def kept():
        remember(None)
        return Response(said[0], headers={"ETag": f'"{said[0]}"'})

    return HotCache(app.wsgi_app, Guard(lambda _secret: None))


@pytest.fixture
def get(cache, postgres_url):
    stop = threading.Event()
    thread = threading.Thread(
        target=cache.follow, args=(postgres_url, ["changes"], stop), daemon=True
    )
    thread.start()
    until(lambda: cache._on)
    front = Flask("front")
    front.wsgi_app = cache
    yield lambda: front.test_client().get("/kept").text
    stop.set()
    execute(postgres_url, "SELECT pg_notify('changes', '')")
    thread.join(6)
    assert not thread.is_alive()


def execute(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def until(condition):
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_change_is_seen_as_soon_as_it_is_notified(get, said, postgres_url):
    assert get() == "one"
    said[0] = "two"
    assert get() == "one"
    execute(postgres_url, "SELECT pg_notify('changes', 'article 1')")
    until(lambda: get() == "two")


def test_nothing_stale_is_given_while_and_after_the_listener_is_cut_off(
    get, said, cache, postgres_url
):
    assert get() == "one"
    said[0] = "two"
    execute(
        postgres_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    until(lambda: not cache._on)
    assert get() == "two"
    until(lambda: cache._on)
    assert get() == "two"
