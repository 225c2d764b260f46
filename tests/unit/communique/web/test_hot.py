# SPDX-License-Identifier: EUPL-1.2
import gzip
import queue
import threading
import time
from datetime import timedelta

import pytest
from flask import Flask, Response, request
from sqlalchemy.exc import OperationalError

from communique import db
from communique.web import hot
from communique.web.auth import Guard
from communique.web.hot import HotCache, remember


class Behind:
    """An application that counts its calls and can change what it says."""

    def __init__(self):
        self.calls = 0
        self.text = "one"
        self.scope = None
        self.seconds = None
        self.during = lambda: None
        self.etag = '"{}"'
        app = Flask("behind")
        app.add_url_rule("/kept", view_func=self.kept)
        app.add_url_rule("/passing", view_func=self.passing)
        app.add_url_rule("/gone", view_func=self.gone)
        app.add_url_rule("/conditional", view_func=self.conditional)
        self.app = app.wsgi_app

    def kept(self):
        self.calls += 1
        text = self.text
        self.during()
        remember(self.scope, seconds=self.seconds)
        headers = {"ETag": self.etag.format(text), "Cache-Control": "max-age=5"}
        return Response(text, headers=headers, content_type="text/plain")

    def passing(self):
        self.calls += 1
        return Response(request.args.get("q", "-"))

    def conditional(self):
        """Answer 304 by itself, as a view does before any work; packs nothing."""
        remember("articles:read")
        headers = {"ETag": '"cond"', "Cache-Control": "max-age=5"}
        if request.if_none_match.contains("cond"):
            return Response(status=304, headers=headers)
        return Response(LONG, headers=headers)

    def gone(self):
        self.calls += 1
        remember(None)
        return Response("gone", 410, headers={"ETag": '"gone"'})


@pytest.fixture
def behind():
    return Behind()


@pytest.fixture
def cache(behind, guard):
    return HotCache(behind.app, guard)


class Notifications:
    """Feeds a cache that follows, one payload at a time, and can be lost or end."""

    def __init__(self, cache, monkeypatch):
        self._feed = queue.Queue()
        self._done = threading.Semaphore(0)
        self.lose = lambda: None
        monkeypatch.setattr(db, "listen", self._listen)
        given = ("postgresql://", ["changes"], threading.Event())
        self._thread = threading.Thread(target=cache.follow, args=given, daemon=True)
        self._thread.start()

    def _listen(self, _url, _channels, _stop, *, lost):
        self.lose = lost
        while (payload := self._feed.get()) != "end":
            yield payload
            self._done.release()

    def __call__(self, payload):
        self._feed.put(payload)
        assert self._done.acquire(timeout=5)

    def end(self):
        self._feed.put("end")
        self._thread.join(5)


@pytest.fixture
def following(cache, monkeypatch):
    """Turn the cache on, as it is while notifications arrive."""
    notifications = Notifications(cache, monkeypatch)
    notifications(None)
    yield notifications
    notifications.end()


@pytest.fixture
def get(cache):
    flask = Flask("front")
    flask.wsgi_app = cache
    return flask.test_client().open


pytestmark = pytest.mark.usefixtures("following")


def test_the_second_read_is_answered_without_the_application(get, behind):
    first, second = get("/kept"), get("/kept")
    assert behind.calls == 1
    assert second.data == first.data == b"one"
    assert second.status_code == 200
    assert dict(second.headers) == dict(first.headers)


def test_what_is_not_marked_is_not_kept(get, behind):
    get("/passing")
    get("/passing")
    assert behind.calls == 2


def test_only_a_200_is_kept(get, behind):
    get("/gone")
    assert get("/gone").status_code == 410
    assert behind.calls == 2


def test_each_query_is_its_own_answer(get, behind):
    get("/kept?a=1")
    get("/kept?a=2")
    assert behind.calls == 2


@pytest.mark.parametrize("given", ['"one"', 'W/"one"', '"x", "one"', "*", ' W/"x" ,W/"one"'])
def test_a_matching_etag_is_a_304_without_body_and_type(get, behind, given):
    get("/kept")
    answer = get("/kept", headers={"If-None-Match": given})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == '"one"'
    assert answer.headers["Cache-Control"] == "max-age=5"
    assert "Content-Type" not in answer.headers
    assert behind.calls == 1


def test_a_weak_etag_matches_too(get, behind):
    behind.etag = 'W/"{}"'
    get("/kept")
    assert get("/kept", headers={"If-None-Match": 'W/"one"'}).status_code == 304


@pytest.mark.parametrize("given", ['"two"', "one", "", '"on"'])
def test_another_etag_is_a_200(get, given):
    get("/kept")
    assert get("/kept", headers={"If-None-Match": given}).status_code == 200


def test_head_is_answered_from_the_cache_without_a_body_and_with_the_length(get, behind):
    get("/kept")
    answer = get("/kept", method="HEAD")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == "3"
    assert behind.calls == 1


def test_head_alone_keeps_nothing(get, behind):
    get("/kept", method="HEAD")
    assert get("/kept").data == b"one"
    assert behind.calls == 2


def test_another_method_goes_to_the_application(get):
    get("/kept")
    assert get("/kept", method="POST").status_code == 405


def test_a_notification_clears(get, behind, following):
    get("/kept")
    behind.text = "two"
    following("article 1")
    assert get("/kept").data == b"two"


def test_a_quiet_moment_clears_nothing(get, behind, following):
    get("/kept")
    following(None)
    get("/kept")
    assert behind.calls == 1


def test_an_answer_that_was_read_before_a_clear_is_not_kept(get, behind, cache):
    behind.during = cache.clear
    assert get("/kept").data == b"one"
    behind.during = lambda: None
    behind.text = "two"
    assert get("/kept").data == b"two"


def test_nothing_is_kept_or_given_while_notifications_are_lost(get, behind, following):
    get("/kept")
    following.lose()
    behind.text = "two"
    assert get("/kept").data == b"two"
    assert get("/kept").data == b"two"
    assert behind.calls == 3


def test_it_works_again_after_the_notifications_are_back(get, behind, following):
    following.lose()
    get("/kept")
    following(None)
    get("/kept")
    get("/kept")
    assert behind.calls == 2


def test_it_is_off_when_following_has_ended(get, behind, following):
    get("/kept")
    following.end()
    get("/kept")
    assert behind.calls == 2


def test_it_is_off_until_it_listens(behind, guard):
    flask = Flask("front")
    flask.wsgi_app = HotCache(behind.app, guard)
    flask.test_client().get("/kept")
    flask.test_client().get("/kept")
    assert behind.calls == 2


def test_a_kept_answer_is_given_only_to_callers_with_its_scope(get, behind, keys):
    behind.scope = "articles:read"
    reader = {"Authorization": f"Bearer {keys.give('articles:read')}"}
    other = {"Authorization": f"Bearer {keys.give('articles:write')}"}
    get("/kept", headers=reader)
    get("/kept", headers=reader)
    assert behind.calls == 1
    get("/kept", headers=other)
    get("/kept")
    get("/kept", headers={"If-None-Match": '"one"'})
    assert behind.calls == 4


def test_entries_are_bounded(get, cache, monkeypatch):
    monkeypatch.setattr(hot, "_MOST_ENTRIES", 10)
    for each in range(35):
        get(f"/kept?a={each}")
        assert len(cache._kept) <= 10


def test_bytes_are_bounded_and_counted_truly(get, behind, cache, monkeypatch):
    monkeypatch.setattr(hot, "_MOST_BYTES", 1_000)
    behind.text = "x" * 300
    for each in range(10):
        get(f"/kept?a={each}")
        assert cache._bytes == sum(len(kept.body) for kept in cache._kept.values()) <= 1_000


def test_an_answer_over_the_bound_is_not_kept(get, behind, cache, monkeypatch):
    monkeypatch.setattr(hot, "_MOST_BYTES", 1_000)
    behind.text = "x" * 1_001
    assert len(get("/kept").data) == 1_001
    assert cache._kept == {}


def test_the_same_answer_stored_twice_is_counted_once(get, cache, behind):
    def again():
        behind.during = lambda: None
        get("/kept")

    behind.during = again
    get("/kept")
    assert cache._bytes == 3


LONG = "x" * 1_000
GZIP = {"Accept-Encoding": "br, gzip"}


@pytest.mark.parametrize("times", [1, 2])
def test_who_takes_gzip_is_given_it_first_and_again(get, behind, times):
    behind.text = LONG
    behind.etag = '"long"'
    for _ in range(times):
        answer = get("/kept", headers=GZIP)
    assert gzip.decompress(answer.data) == LONG.encode()
    assert answer.headers["ETag"] == '"long-gzip"'
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert get("/kept").data == LONG.encode()
    assert behind.calls == 1


def test_it_is_packed_even_while_nothing_can_be_kept(behind, guard):
    flask = Flask("front")
    flask.wsgi_app = HotCache(behind.app, guard)
    behind.text = LONG
    assert gzip.decompress(flask.test_client().get("/kept", headers=GZIP).data) == LONG.encode()


def test_packed_bytes_are_counted_and_bounded(get, behind, cache, monkeypatch):
    behind.text = LONG
    get("/kept", headers=GZIP)
    get("/kept", headers=GZIP)
    [kept] = cache._kept.values()
    assert cache._bytes == len(kept.body) + len(kept.packed.body) == kept.counted
    cache.clear()
    get("/kept")
    monkeypatch.setattr(hot, "_MOST_BYTES", 1_001)
    get("/kept", headers=GZIP)
    assert (cache._kept, cache._bytes) == ({}, 0)


def test_the_etag_of_the_packed_form_is_known_cold_too(get, behind):
    for _ in range(2):
        answer = get("/conditional", headers={"If-None-Match": '"cond-gzip"'})
        assert (answer.status_code, answer.headers["ETag"]) == (304, '"cond-gzip"')
        assert answer.headers["Vary"] == "Accept-Encoding, Authorization"
    assert get("/conditional", headers={"If-None-Match": '"cond"'}).headers["ETag"] == '"cond"'


def test_an_answer_for_so_long_is_asked_again_afterwards(get, behind, monkeypatch):
    behind.seconds = 60
    get("/kept")
    get("/kept")
    assert behind.calls == 1
    monkeypatch.setattr(hot.time, "monotonic", lambda: time.monotonic_ns() / 1e9 + 61)
    get("/kept")
    assert behind.calls == 2


class Horizon:
    """Tells how far the next change is."""

    wait = None

    def __call__(self):
        return self.wait


@pytest.fixture
def horizon(behind, guard, monkeypatch):
    told = Horizon()
    cache = HotCache(behind.app, guard, horizon=told)
    flask = Flask("front")
    flask.wsgi_app = cache
    notifications = Notifications(cache, monkeypatch)
    yield told, notifications, flask.test_client().get
    notifications.end()


@pytest.mark.parametrize(("wait", "age"), [(None, 5), (3_600, 5), (3.5, 3), (0.5, 0), (-10, 0)])
def test_nothing_is_fresh_beyond_the_next_known_change(horizon, wait, age):
    told, notifications, get = horizon
    told.wait = None if wait is None else timedelta(seconds=wait)
    notifications(None)
    for headers in ({}, {}, {"If-None-Match": '"one"'}):
        assert get("/kept", headers=headers).headers["Cache-Control"] == f"max-age={age}"


def test_a_kept_answer_shrinks_as_the_change_comes_near(horizon, monkeypatch):
    told, notifications, get = horizon
    told.wait = timedelta(seconds=100)
    notifications(None)
    assert get("/kept").headers["Cache-Control"] == "max-age=5"
    monkeypatch.setattr(hot.time, "monotonic", lambda: time.monotonic_ns() / 1e9 + 97.5)
    assert get("/kept").headers["Cache-Control"] == "max-age=2"


def test_nothing_is_fresh_while_it_is_not_known_what_comes(horizon):
    _, notifications, get = horizon
    assert get("/kept").headers["Cache-Control"] == "max-age=0"
    notifications(None)
    assert get("/kept").headers["Cache-Control"] == "max-age=5"
    notifications.lose()
    assert get("/kept").headers["Cache-Control"] == "max-age=0"


def test_what_the_cache_does_not_keep_shrinks_too(horizon, behind):
    told, notifications, get = horizon
    told.wait = timedelta(seconds=2.5)
    notifications(None)
    answer = get("/conditional", headers={"If-None-Match": '"cond"'})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (304, "max-age=2")


def test_while_keys_cannot_be_looked_up_the_application_answers(get, behind, cache):
    behind.scope = "articles:read"

    def away(_secret):
        raise OperationalError("SELECT", {}, RuntimeError())

    get("/kept")
    cache._guard = Guard(away)
    get("/kept", headers={"Authorization": "Bearer ck_unknown"})
    assert behind.calls == 2
