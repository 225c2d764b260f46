# SPDX-License-Identifier: EUPL-1.2
"""The real processes: web under gunicorn, workers that are killed, the relay and the broker."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
import urllib3

from communique.broker import Broker
from communique.kafka.consumer import Consumer
from media_store.app import create_app

BIN = Path(sys.executable).parent
SERVICE = Path(__file__).parents[3] / "services" / "media-store"
PATIENCE = 30
MEBIBYTE = 1 << 20
LARGE = 160 * MEBIBYTE


@pytest.fixture
def run(environment, tmp_path):
    """Start programs of the service; none outlives the test."""
    started = []

    def start(*command, **variables):
        log = (tmp_path / f"{len(started)}.log").open("w")
        process = subprocess.Popen(
            [BIN / command[0], *command[1:]],
            env={**environment, **variables},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        started.append((process, log))
        return process

    yield start
    for process, log in started:
        process.kill()
        process.wait()
        log.close()


@pytest.fixture
def http():
    with urllib3.PoolManager(retries=False, timeout=20) as pool:
        yield pool


def eventually(find, patience=PATIENCE):
    """Return the first thing found that is not false."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = find()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {patience} s")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def row(url, query):
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()


def state(url):
    return row(url, "SELECT state FROM media_store.assets")[0]


def children(process):
    """Return the ids of the processes that a process has started and not yet ended."""
    found = Path(f"/proc/{process.pid}/task").glob("*/children")
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return [int(child) for each in found for child in each.read_text().split()]
    return []


def is_running(process_id):
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def serve(run, http):
    """Start the web process, wait until it answers, and return it with its address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    web = run(
        "gunicorn",
        *("-c", SERVICE / "gunicorn.conf.py", "-b", f"127.0.0.1:{port}"),
        "media_store.wsgi:application",
        COMMUNIQUE_MEDIA_URL=base,
        COMMUNIQUE_WEB_WORKERS="1",
    )
    eventually(lambda: answers(http, f"{base}/readyz"))
    return web, base


def test_a_photo_goes_through_all_processes(run, http, key_with, photo, kafka, environment):
    web, base = serve(run, http)
    worker = run("media-store", "worker", COMMUNIQUE_KAFKA=kafka, COMMUNIQUE_MEDIA_URL=base)
    headers = {**key_with("media:read", "media:write"), "Content-Type": "image/jpeg"}
    made = http.request("POST", f"{base}/v1/assets", body=photo, headers=headers)
    assert made.status == 201
    asset = eventually(lambda: heard(kafka, made.json()["id"]))
    assert asset.state == "ready"
    for each in asset.renditions:
        picture = http.request("GET", each.url)
        assert (picture.status, len(picture.data)) == (200, each.bytes)
    for process in (worker, web):
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_large_upload_takes_little_memory(run, http, key_with):
    web, base = serve(run, http)
    (worker,) = children(web)
    headers = {**key_with("media:write"), "Content-Type": "image/tiff"}
    before = peak_memory(worker)
    made = http.request("POST", f"{base}/v1/assets", body=tiff_of(LARGE), headers=headers)
    assert made.status == 201, made.data
    assert made.json()["bytes"] == LARGE
    assert peak_memory(worker) - before < 64 << 20


def tiff_of(size):
    """Yield what begins like a TIFF, in pieces; it is sent chunked."""
    yield b"II*\x00" + bytes(MEBIBYTE - 4)
    for _ in range(size // MEBIBYTE - 1):
        yield bytes(MEBIBYTE)


def peak_memory(process_id):
    status = Path(f"/proc/{process_id}/status").read_text()
    (line,) = (each for each in status.splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def answers(http, url):
    with contextlib.suppress(urllib3.exceptions.HTTPError):
        return http.request("GET", url).status == 200


def heard(kafka, asset_id):
    """Read the topic until the asset's event comes."""
    found, stop = [], threading.Event()

    def handle(event, payload):
        if event.key == asset_id:
            found.append(payload)
            stop.set()

    reader = Consumer(Broker(kafka), f"test-{asset_id}", ["communique.assets"], handle, None)
    timer = threading.Timer(PATIENCE, stop.set)
    timer.start()
    reader.run(stop)
    timer.cancel()
    return found[0] if found else None


def test_a_killed_worker_is_resumed_by_another(run, upload, photo, database_url, fetch, events):
    asset_id = upload(photo).json["id"]
    first = run("media-store", "worker", "--only", "renditions")
    (decoder,) = eventually(lambda: children(first))
    first.kill()
    first.wait()
    eventually(lambda: not is_running(decoder), patience=5)
    assert state(database_url) == "scanning"
    assert events() == []
    run("media-store", "worker", "--only", "renditions")
    eventually(lambda: state(database_url) == "ready")
    assert events() == [("asset.ready", asset_id)]
    for profile in ("wide", "medium", "thumb"):
        place = fetch(f"/v1/assets/{asset_id}/renditions/{profile}").headers["Location"]
        assert fetch(place).status_code == 200


def test_a_killed_decoder_does_not_take_the_worker_along(run, upload, photo, database_url):
    upload(photo)
    worker = run("media-store", "worker", "--only", "renditions")
    (decoder,) = eventually(lambda: children(worker))
    os.kill(decoder, signal.SIGSEGV)
    eventually(lambda: state(database_url) == "ready")
    assert worker.poll() is None


def test_two_workers_make_each_asset_once(run, upload, photo, database_url, events):
    ids = {upload(varied(photo, number)).json["id"] for number in range(4)}
    for _ in range(2):
        run("media-store", "worker", "--only", "renditions")
    count = "SELECT count(*) FROM media_store.assets WHERE state = 'ready'"
    eventually(lambda: row(database_url, count) == (4,))
    assert sorted(events()) == sorted(("asset.ready", each) for each in ids)


def varied(jpeg, number):
    """Return the same picture as other bytes: with a comment."""
    comment = f"picture {number}".encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def test_keys_are_made_listed_and_revoked_at_the_command_line(environment, service):
    def keys(*arguments):
        done = subprocess.run(
            [BIN / "media-store", "keys", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def status(secret):
        app = create_app(service.deps, guard=service.guard(), ready=service.ready)
        headers = {"Authorization": f"Bearer {secret}"}
        return app.test_client().get("/v1/assets", headers=headers).status_code

    secret = keys("create", "--label", "desk", "--scopes", "media:read").strip()
    assert status(secret) == 200
    listed = keys("list")
    assert "desk" in listed
    assert secret not in listed
    keys("revoke", listed.split()[0])
    assert "revoked" in keys("list")
    assert status(secret) == 401


def test_a_missing_setting_stops_the_start_with_its_name():
    done = subprocess.run(
        [BIN / "media-store", "worker"], env={}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "COMMUNIQUE_DATABASE_URL" in done.stderr
