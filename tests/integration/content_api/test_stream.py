# SPDX-License-Identifier: EUPL-1.2
"""Streams and long polls on a real gunicorn with its two threads."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from content_api.testing.builders import a_document, with_slugs
from content_api.use_cases.retract import retract

SECRET = "ck_" + "s" * 43
HEADERS = {"Authorization": f"Bearer {SECRET}"}
SERVICE = Path(__file__).parents[3] / "services" / "content-api"


class Web:
    """A gunicorn of one worker."""

    def __init__(self, port, process):
        self.port, self.process = port, process
        self.answers = []

    def open(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={**HEADERS, "Connection": "close", **headers})
        self.answers.append(connection.getresponse())
        return self.answers[-1]

    def json(self, path):
        with self.open(path) as answer:
            return orjson.loads(answer.read())


def events(answer):
    """Read events one by one as name, id and data; heartbeats have no name."""
    given = {}
    while line := answer.readline():
        name, _, value = line.decode().rstrip("\n").partition(":")
        if name or value:
            given[name] = value.strip()
        elif given:
            yield given
            given = {}


def told(stream):
    return next(each for each in stream if "event" in each)


@pytest.fixture
def web(service, postgres_url, monkeypatch, secret_key):
    service.keys().create("reader", ["articles:read"], secret=SECRET)
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", postgres_url)
    monkeypatch.setenv("COMMUNIQUE_SECRET_KEY", secret_key)
    monkeypatch.setenv("COMMUNIQUE_KAFKA", "127.0.0.1:1")
    monkeypatch.setenv("COMMUNIQUE_WEB_WORKERS", "1")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket"]
    command += ["-c", str(SERVICE / "gunicorn.conf.py"), "-b", f"127.0.0.1:{port}"]
    web = Web(port, subprocess.Popen([*command, "content_api.wsgi:application"]))
    until = time.monotonic() + 30
    while True:
        try:
            with web.open("/readyz") as answer:
                if answer.status == 200:
                    break
        except OSError:
            pass
        assert time.monotonic() < until, "gunicorn did not begin to serve"
        time.sleep(0.05)
    yield web
    for answer in web.answers:
        answer.close()
    web.process.send_signal(signal.SIGTERM)
    web.process.wait(timeout=15)


def test_what_is_published_is_told_at_once_and_again_to_who_resumes(web, desk):
    stream = events(first := web.open("/v1/stream?locale=vi"))
    begun = next(stream)
    began = time.monotonic()
    article = desk.live(a_document())
    put = told(stream)
    assert time.monotonic() - began < 3
    document = orjson.loads(put["data"])["document"]
    assert (put["event"], document["id"]) == ("put", article.id)
    retract(article.id, {"vi": "Rút."}, desk.deps, caller="publisher", seen=1)
    gone = told(stream)
    assert gone["event"] == "tombstone"
    first.close()
    with again_after(web, "/v1/stream?locale=vi", put["id"]) as resumed:
        assert told(events(resumed)) == gone
    page = web.json(f"/v1/sync?locale=vi&cursor={begun['id']}")
    assert [each["change"] for each in page["items"]] == ["tombstone"]


def again_after(web, path, last):
    """Connect again; who hung up is noticed by the second heartbeat, at the latest."""
    until = time.monotonic() + 20
    while True:
        answer = web.open(path, **{"Last-Event-ID": last})
        if answer.status == 200:
            return answer
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "5"
        answer.close()
        assert time.monotonic() < until, "no place became free"
        time.sleep(0.2)


def test_one_thread_is_always_left_for_those_who_do_not_wait(web, desk):
    made = [desk.live(with_slugs(a_document(), str(number))).id for number in range(2)]
    with web.open("/v1/stream") as stream:
        assert stream.status == 200
        for _ in range(5):
            with web.open("/v1/stream") as refused:
                assert refused.status == 503
        assert [each["id"] for each in web.json("/v1/articles?locale=vi")["items"]] == made[::-1]
        page = web.json("/v1/sync?locale=vi")
        began = time.monotonic()
        page = web.json(f"/v1/sync?locale=vi&wait=20&cursor={page['next']}")
        assert page["items"] == []
        assert time.monotonic() - began < 5


def test_a_long_poll_is_answered_at_once_and_holds_no_connection(web, desk, sql):
    cursor = web.json("/v1/sync?locale=vi")["next"]
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
    connection.request("GET", f"/v1/sync?locale=vi&wait=20&cursor={cursor}", headers=HEADERS)
    time.sleep(1)
    busy = sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND (state <> 'idle' OR xact_start IS NOT NULL)"
    )
    assert busy.fetchone() == (0,)
    began = time.monotonic()
    article = desk.live(a_document())
    answer = orjson.loads(connection.getresponse().read())
    connection.close()
    assert time.monotonic() - began < 3
    assert [each["article"] for each in answer["items"]] == [article.id]


def test_a_stream_ends_cleanly_when_the_service_stops(web):
    with web.open("/v1/stream") as stream:
        next(events(stream))
        began = time.monotonic()
        web.process.send_signal(signal.SIGTERM)
        rest = stream.read()  # raises IncompleteRead unless the last chunk came
        assert time.monotonic() - began < 5
        assert not rest.strip()
    assert web.process.wait(timeout=10) == 0
