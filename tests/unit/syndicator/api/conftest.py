# SPDX-License-Identifier: EUPL-1.2
"""The application over the store in memory, with one key for everything and one for a wire."""

import pytest

from communique.keys import Key
from communique.web.auth import Guard
from syndicator.api.deps import WebDeps
from syndicator.app import create_app
from syndicator.registry import FEED_FORMATTERS
from syndicator.testing.builders import NOW
from syndicator.testing.wired import SITE, Wired

SCOPES = {"ck_all": ("*",), "ck_agency": ("wire:agency",), "ck_reader": ("deliveries:read",)}


def find(secret):
    if secret not in SCOPES:
        return None
    return Key(secret, secret, secret, SCOPES[secret], NOW, None, None)


@pytest.fixture
def wired():
    return Wired()


@pytest.fixture
def client(wired):
    web = WebDeps(wired.deps, wired.entries, FEED_FORMATTERS, "https://feeds.example", SITE)
    return create_app(web, guard=Guard(find), ready=lambda: None).test_client()


@pytest.fixture
def key():
    return {"Authorization": "Bearer ck_all"}
