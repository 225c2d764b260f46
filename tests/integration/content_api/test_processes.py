# SPDX-License-Identifier: EUPL-1.2
"""The processes as they are started: migrate, keys, web, worker."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from content_api.testing.builders import a_document

SECRET = "ck_" + "p" * 43
COMMAND = [sys.executable, "-m", "content_api"]
SERVICE = Path(__file__).parents[3] / "services" / "content-api"


@pytest.fixture(autouse=True)
def _environment(postgres_url, secret_key, monkeypatch):
    """What the processes inherit."""
    monkeypatch.setenv("COMMUNIQUE_SECRET_KEY", secret_key)
    monkeypatch.setenv("COMMUNIQUE_DATABASE_URL", postgres_url)
    monkeypatch.setenv("COMMUNIQUE_KAFKA", "127.0.0.1:1")
    monkeypatch.setenv("COMMUNIQUE_WEB_WORKERS", "1")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url, **headers):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {SECRET}", **headers})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def eventually(condition, seconds=20):
    until = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except urllib.error.URLError:
            pass
        assert time.monotonic() < until, "it did not become so in time"
        time.sleep(0.05)


def stop(process):
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status = process.wait(timeout=10)
    assert time.monotonic() - began < 10
    return status


def test_the_web_process_serves_and_follows_changes(service, desk):
    register = [*COMMAND, "keys", "create", "--label", "reader", "--scopes", "articles:read"]
    for _ in range(2):
        subprocess.run([*register, "--secret-from-stdin"], input=SECRET, text=True, check=True)
    assert [key.label for key in service.keys().list()] == ["reader"]
    port = free_port()
    server = [sys.executable, "-m", "gunicorn", "--no-control-socket", "-c"]
    server += [str(SERVICE / "gunicorn.conf.py"), "-b", f"127.0.0.1:{port}"]
    web = subprocess.Popen([*server, "content_api.wsgi:application"])
    base = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: ask(f"{base}/readyz")[0] == 200)
        article = desk.live(a_document())
        path = f"{base}/v1/articles/{article.id}?locale=vi"
        eventually(lambda: b'"version":1' in ask(path)[1])
        for _ in range(5):
            assert ask(path)[0] == 200
        desk.publish(desk.approve(desk.save(article, a_document(urgency=1))))
        eventually(lambda: b'"version":2' in ask(path)[1], seconds=2)
    finally:
        stop(web)


@pytest.mark.usefixtures("service")
def test_the_worker_tells_its_health_and_stops_when_told(monkeypatch):
    port = free_port()
    monkeypatch.setenv("COMMUNIQUE_WORKER_PORT", str(port))
    worker = subprocess.Popen([*COMMAND, "worker", "--only", "relay", "--only", "scheduler"])
    try:
        eventually(lambda: ask(f"http://127.0.0.1:{port}/readyz")[0] == 200)
        assert b"communique_publish_lateness" in ask(f"http://127.0.0.1:{port}/metrics")[1]
    finally:
        assert stop(worker) == 0


def test_migrating_twice_is_migrating_once(sql):
    before = sql("SELECT version_num FROM content_api.alembic_version").fetchall()
    subprocess.run([*COMMAND, "migrate"], check=True)
    assert sql("SELECT version_num FROM content_api.alembic_version").fetchall() == before
