# SPDX-License-Identifier: EUPL-1.2
"""The platforms as a process, over real HTTP."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import urllib3

from local_stack.samples.photo import lead_photo

pytestmark = pytest.mark.integration

PORT, PICTURES = 8150, 8151
BASE = f"http://127.0.0.1:{PORT}"
FEED = f"{BASE}/graph/v26.0/1045/feed"
PHOTOS = f"{BASE}/graph/v26.0/1045/photos"
TWEETS = f"{BASE}/x/2/tweets"
PAGE = {"Authorization": "Bearer page-token"}
USER = {"Authorization": "Bearer user-token"}
HTTP = urllib3.PoolManager(retries=False, timeout=10)
LOST = (urllib3.exceptions.ProtocolError, urllib3.exceptions.ReadTimeoutError)


@contextlib.contextmanager
def running(data):
    command = [sys.executable, "-m", "local_stack.platforms", f"--port={PORT}", f"--data={data}"]
    environment = {
        **os.environ,  # noqa: TID251  # a child process needs a whole environment
        "COMMUNIQUE_WEBHOOK_SECRET": "whsec_bG9jYWwgc2FtcGxlIHNlY3JldCBvZiAzMiBieXRlcyE=",
    }
    accounts = ["--facebook=1045=page-token", "--x=1450=user-token"]
    process = subprocess.Popen([*command, *accounts], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_live(process)
        yield process
    finally:
        process.kill()
        process.wait(10)


def _wait_until_live(process):
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib3.exceptions.HTTPError):
            if HTTP.request("GET", f"{BASE}/livez").status == 200:
                return
        time.sleep(0.05)
    pytest.fail("the platforms did not start")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "platforms"


@pytest.fixture
def platforms(data):
    with running(data) as process:
        yield process


class PictureHandler(BaseHTTPRequestHandler):
    photo = b""

    def do_GET(self):
        content = {"/lead.jpg": self.photo, "/page.html": b"<p>no picture</p>"}.get(self.path)
        self.send_response(200 if content else 404)
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def pictures():
    PictureHandler.photo = lead_photo()
    with ThreadingHTTPServer(("127.0.0.1", PICTURES), PictureHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{PICTURES}"
        server.shutdown()


def posts(platform):
    answer = HTTP.request("GET", f"{BASE}/_control/posts", fields={"platform": platform})
    return answer.json()["items"]


def fail(**fault):
    assert HTTP.request("POST", f"{BASE}/_control/faults", json=fault).status == 204


def tweet(text, **more):
    return HTTP.request("POST", TWEETS, json={"text": text, **more}, headers=USER)


def publish(**fields):
    return HTTP.request("POST", FEED, json=fields, headers=PAGE)


def test_a_lost_answer_leaves_the_post(platforms):
    fail(platform="x", operation="create", mode="lost-answer")
    with pytest.raises(LOST):
        tweet("One")
    assert [each["text"] for each in posts("x")] == ["One"]
    assert tweet("One").status == 403


def test_a_lost_answer_to_an_edit_leaves_the_edit(platforms):
    post_id = publish(message="Tháng 5").json()["id"]
    fail(platform="facebook", operation="edit", mode="lost-answer")
    with pytest.raises(LOST):
        HTTP.request(
            "POST", f"{BASE}/graph/v26.0/{post_id}", json={"message": "Tháng 4"}, headers=PAGE
        )
    assert [each["text"] for each in posts("facebook")] == ["Tháng 4"]


def test_a_refused_call_leaves_nothing(platforms):
    fail(platform="facebook", operation="create", mode="refuse")
    with pytest.raises(LOST):
        publish(message="Một")
    assert posts("facebook") == []
    assert publish(message="Một").status == 200


def test_a_delayed_answer_comes_late(platforms):
    fail(platform="x", mode="delay", seconds=0.6)
    started = time.monotonic()
    assert tweet("One").status == 201
    assert time.monotonic() - started >= 0.6


def test_the_journal_knows_what_was_left_unanswered(platforms):
    fail(platform="x", mode="lost-answer")
    with pytest.raises(LOST):
        tweet("One")
    (call,) = HTTP.request("GET", f"{BASE}/_control/requests").json()["items"]
    assert (call["operation"], call["status"], call["fault"]) == ("create", None, "lost-answer")


def test_what_was_sent_survives_a_kill(data):
    with running(data) as process:
        post_id = publish(message="Một", link="https://mofa.gov.vn/a").json()["id"]
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with running(data):
        (kept,) = posts("facebook")
        assert (kept["id"], kept["text"]) == (post_id, "Một")
        assert publish(message="Hai").json()["id"] != post_id


def test_stops_when_told_to(platforms):
    platforms.terminate()
    assert platforms.wait(5) == 0


def test_collects_the_photo_from_its_address(platforms, pictures):
    fields = {"url": f"{pictures}/lead.jpg", "published": False}
    photo_id = HTTP.request("POST", PHOTOS, json=fields, headers=PAGE).json()["id"]
    post_id = publish(message="Ảnh", attached_media=[{"media_fbid": photo_id}]).json()["id"]
    (kept,) = posts("facebook")
    assert (kept["id"], kept["attachments"]) == (post_id, [photo_id])
    shown = HTTP.request("GET", f"{BASE}/_control/photos/{photo_id}")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.data == PictureHandler.photo


@pytest.mark.parametrize("path", ["/page.html", "/missing.jpg"])
def test_refuses_an_address_that_gives_no_picture(platforms, pictures, path):
    answer = HTTP.request("POST", PHOTOS, json={"url": pictures + path}, headers=PAGE)
    assert (answer.status, answer.json()["error"]["code"]) == (400, 324)


def test_a_twin_sent_at_the_same_moment_is_refused(platforms):
    statuses = []

    def send():
        statuses.append(tweet("One").status)

    senders = [threading.Thread(target=send) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(statuses) == [201] + [403] * 7
    assert len(posts("x")) == 1
