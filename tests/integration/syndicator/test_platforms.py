# SPDX-License-Identifier: EUPL-1.2
"""The sample channels over real HTTP, against platforms that lose answers and refuse calls."""

import base64
import json
import threading
import urllib.request
from datetime import timedelta
from importlib import resources

import pytest
from sqlalchemy import update
from werkzeug.serving import make_server

from communique.clock import SystemClock
from communique.events.delivery import DeliveryState
from communique.testing.articles import a_correction, a_retraction, an_article
from local_stack.platforms.__main__ import FACEBOOK_PAGE, X_USER
from local_stack.platforms.app import Accounts, create_app
from syndicator.commands.channels import read_file
from syndicator.ports import DeliveryQuery
from syndicator.store.tables import deliveries
from syndicator.use_cases.apply_channels import apply_channels
from syndicator.use_cases.deliver import deliver_next, recover_lost
from syndicator.use_cases.plan import plan_version

SECRET = "whsec_" + base64.b64encode(b"1" * 32).decode()


@pytest.fixture
def platforms(tmp_path):
    accounts = Accounts({FACEBOOK_PAGE: "facebook"}, {X_USER: "x"}, SECRET)
    app = create_app(accounts, tmp_path, SystemClock())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)
    server.server_close()


@pytest.fixture
def sample(service, platforms):
    environment = {
        "COMMUNIQUE_PLATFORM_URL": platforms,
        "COMMUNIQUE_FACEBOOK_TOKEN": "facebook",
        "COMMUNIQUE_X_TOKEN": "x",
        "COMMUNIQUE_WEBHOOK_SECRET": SECRET,
    }
    text = resources.files("local_stack.samples").joinpath("channels.yaml").read_text("utf-8")
    described = read_file(text, environment)
    apply_channels(described, "test", service.deps)
    return [each.channel.name for each in described]


def read(url):
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)["items"]


def fault(platforms, **fault):
    body = json.dumps(fault).encode()
    asked = urllib.request.Request(
        f"{platforms}/_control/faults", body, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(asked).close()


def rows(service):
    with service.deps.begin() as work:
        return work.deliveries.search(DeliveryQuery(limit=100))


def work_off(service, names):
    """Deliver until everything is closed, without waiting for the clock."""
    for _ in range(12):
        while sum(deliver_next(name, service.deps) for name in names):
            pass
        if {row.state for row in rows(service)} == {DeliveryState.DELIVERED}:
            return
        recover_lost(service.deps)
        with service.engine.begin() as connection:
            sooner = deliveries.c.next_attempt_at - timedelta(minutes=10)
            connection.execute(update(deliveries).values(next_attempt_at=sooner))


FAULTS = [
    {"mode": "lost-answer", "times": 1},
    {"mode": "refuse", "times": 2},
    {"mode": "status", "status": 503, "times": 2},
    {"mode": "status", "status": 429, "retry_after": 1, "times": 2},
]


@pytest.mark.parametrize("failing", FAULTS, ids=lambda each: f"{each['mode']}-{each.get('status')}")
def test_the_story_ends_right_whatever_fails(service, sample, platforms, failing):
    for version in (
        an_article(media=()),
        a_correction(media=()),
        a_retraction(),
    ):
        for platform in ("facebook", "x", "webhook"):
            fault(platforms, platform=platform, **failing)
        plan_version(version, service.deps)
        work_off(service, sample)
        posts = read(f"{platforms}/_control/posts")
        live = [post["platform"] for post in posts if post["live"]]
        expected = {1: ["facebook", "x"], 2: ["facebook", "x", "x"], 3: []}[version.version]
        assert sorted(live) == expected
        assert {(row.state, row.version) for row in rows(service)} == {
            (DeliveryState.DELIVERED, version.version)
        }
    assert [post["platform"] for post in posts].count("facebook") == 1
    received = read(f"{platforms}/webhook/partner-portal/received")
    assert all(each["verified"] for each in received)
    assert len([each for each in received if not each["duplicate"]]) == 6
