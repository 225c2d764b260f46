# SPDX-License-Identifier: EUPL-1.2
"""The application on a store in memory, with one key per role."""

from datetime import UTC, datetime

import pytest

from communique.keys import Key
from communique.web.auth import Guard
from content_api.api.deps import Site
from content_api.app import create_app
from content_api.testing.memory import MemoryStore

SCOPES = {
    "author": ("desk:write",),
    "editor": ("desk:write", "desk:approve"),
    "publisher": ("desk:write", "desk:publish"),
    "terminologist": ("terms:read", "terms:manage"),
    "translator": ("desk:write", "role:translator"),
    "admin": ("authority:manage",),
    "reader": ("articles:read",),
    "press": ("embargo:read",),
}


def secret(label):
    return "ck_" + label * 8


def find(given):
    return next(
        (
            Key(label, label, "ck_…", scopes, datetime(2026, 1, 1, tzinfo=UTC), None, None)
            for label, scopes in SCOPES.items()
            if secret(label) == given
        ),
        None,
    )


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def app(store):
    site = Site("https://www.example.org", "https://media.example.org")
    return create_app(store.deps(), site, Guard(find), lambda: None)


@pytest.fixture
def call(app):
    """Send a request as somebody."""
    client = app.test_client()

    def send(method, path, who, *, json=None, seen=None, headers=None):
        given = {} if who is None else {"Authorization": f"Bearer {secret(who)}"}
        if seen is not None:
            given["If-Match"] = f'"d{seen}"'
        return client.open(path, method=method, json=json, headers={**given, **(headers or {})})

    return send


@pytest.fixture
def written():
    """A document as a desk sends it."""
    return {
        "kind": "statement",
        "source_locale": "vi",
        "topics": ["mofa:maritime"],
        "locales": {
            "vi": {
                "title": "Tuyên bố",
                "slug": "tuyen-bo",
                "body": [
                    {"type": "heading", "level": 2, "text": "Một < hai"},
                    {"type": "paragraph", "html": "Chữ <em>nghiêng</em>."},
                ],
            },
            "en": {
                "title": "Statement",
                "slug": "statement",
                "body": [{"type": "paragraph", "html": "Text."}],
            },
        },
    }


@pytest.fixture
def live(call, written):
    """A published article's id."""
    made = call("POST", "/v1/desk/articles", "author", json=written).json["id"]
    for who, step in (("editor", "approve"), ("publisher", "publish")):
        assert call("POST", f"/v1/desk/articles/{made}/{step}", who, seen=1).status_code == 200
    return made
