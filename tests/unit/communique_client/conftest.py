# SPDX-License-Identifier: EUPL-1.2
"""A server in memory, and a client that speaks to it."""

import httpx
import pytest

from communique_client import Client


class Server:
    """Gives the answers that a test has prepared, in order, and keeps the requests."""

    def __init__(self):
        self.answers = []
        self.requests = []
        self.slept = []

    def prepare(self, status=200, json=None, **options):
        self.answers.append(lambda: httpx.Response(status, json=json, **options))
        return self

    def fail(self, error):
        def give():
            raise error

        self.answers.append(give)
        return self

    def __call__(self, request):
        self.requests.append(request)
        return self.answers.pop(0)()


@pytest.fixture
def server():
    made = Server()
    yield made
    assert made.answers == [], "not all prepared answers were asked for"


@pytest.fixture
def make(server):
    """Make a client of the server."""
    made = []

    def client(key="ck_reader", **options):
        made.append(
            Client(
                "https://content.example.org/",
                key,
                transport=httpx.MockTransport(server),
                sleep=server.slept.append,
                **options,
            )
        )
        return made[-1]

    yield client
    for each in made:
        each.close()


@pytest.fixture
def client(make):
    return make()


@pytest.fixture
def document():
    return {
        "id": "0197f0f0-0000-7000-8000-000000000001",
        "version": 2,
        "revision": "update",
        "kind": "statement",
        "source_locale": "vi",
        "first_published_at": "2026-03-02T02:30:00Z",
        "published_at": "2026-03-02T03:30:00Z",
        "locales": {
            "vi": {"title": "Tuyên bố", "slug": "tuyen-bo", "body": [{"type": "divider"}]},
            "en": {"title": "Statement", "slug": "statement", "body": [], "summary": "Short."},
        },
        "topics": ["mofa:maritime"],
        "of_a_later_version": {"kept": True},
    }
