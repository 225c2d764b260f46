# SPDX-License-Identifier: EUPL-1.2
"""Feeds through the hot cache, as they are served."""

import threading
import time

import pytest
from werkzeug.test import Client

from communique.testing.articles import a_correction, an_article
from communique.web.hot import HotCache
from syndicator.app import create_app
from syndicator.domain.channel import ChannelKind
from syndicator.store.entries import FEEDS
from syndicator.testing.builders import a_channel
from syndicator.use_cases.apply_channels import Described, apply_channels
from syndicator.use_cases.deliver import deliver_next
from syndicator.use_cases.plan import plan_version

URL = "/feeds/embassy-hanoi.vi.atom"


@pytest.fixture
def client(service):
    guard = service.guard()
    app = create_app(service.web(), guard=guard, ready=service.ready)
    cache, stop = HotCache(app.wsgi_app, guard), threading.Event()
    following = threading.Thread(
        target=cache.follow, args=(service.settings.database_url, [FEEDS], stop)
    )
    following.start()
    yield Client(cache)
    stop.set()
    following.join(10)


def publish(service, version):
    plan_version(version, service.deps)
    while deliver_next("embassy-hanoi", service.deps):
        pass


def test_a_feed_is_304_until_it_changes_and_then_at_once_new(service, client):
    apply_channels([Described(a_channel())], "test", service.deps)
    publish(service, an_article(media=()))
    tag = client.get(URL).headers["ETag"]
    for _ in range(3):
        assert client.get(URL, headers={"If-None-Match": tag}).status_code == 304
    publish(service, a_correction(media=()))
    end = time.monotonic() + 5
    while client.get(URL, headers={"If-None-Match": tag}).status_code == 304:
        assert time.monotonic() < end, "the cache never heard of the change"
        time.sleep(0.02)
    assert client.get(URL).headers["ETag"] != tag


def test_a_wire_is_served_from_the_cache_to_nobody_without_its_scope(service, client):
    wire = a_channel(name="agency", kind=ChannelKind.WIRE, formats=("ninjs",), connector="wire")
    apply_channels([Described(wire)], "test", service.deps)
    service.keys().create("agency", ["wire:agency"], secret="ck_" + "a" * 43)
    service.keys().create("other", ["wire:other"], secret="ck_" + "b" * 43)
    agency = {"Authorization": "Bearer ck_" + "a" * 43}
    other = {"Authorization": "Bearer ck_" + "b" * 43}
    for _ in range(2):
        assert client.get("/wires/agency", headers=agency).status_code == 200
        assert client.get("/wires/agency", headers=other).status_code == 403
        assert client.get("/wires/agency").status_code == 401
