# SPDX-License-Identifier: EUPL-1.2
"""Every route of every application names who may use it; what is open to all is listed here."""

import re

import pytest

from communique.web.auth import PUBLIC, Guard
from communique.web.openapi import operations
from communique.web.service import OPEN_PATHS
from content_api.app import create_app as content_api
from media_store.app import create_app as media_store
from syndicator.app import create_app as syndicator


def ready():
    """Depend on nothing."""


NOBODY = Guard(lambda _secret: None)
APPLICATIONS = {
    "content-api": content_api(None, None, NOBODY, ready),
    "media-store": media_store(None, guard=NOBODY, ready=ready),
    "syndicator": syndicator(None, guard=NOBODY, ready=ready),
}
PUBLIC_ROUTES = {
    ("content-api", "get", "/.well-known/jwks.json"),
    ("content-api", "get", "/articles/<string:locale>/<string:slug>"),
    ("content-api", "get", "/news-sitemap.xml"),
    ("content-api", "get", "/previews/<string:token>"),
    ("content-api", "get", "/robots.txt"),
    ("content-api", "get", "/sitemap.xml"),
    ("content-api", "get", "/sitemaps/<string:locale>/<string:file>"),
    ("content-api", "get", "/v1/oembed"),
    ("content-api", "get", "/v1/previews/<string:token>"),
    ("content-api", "post", "/v1/verify"),
    ("media-store", "get", "/renditions/<string:sha256>.jpg"),
    ("media-store", "get", "/v1/assets/<string:asset_id>/renditions/<string:profile>"),
    ("syndicator", "get", "/feeds"),
    ("syndicator", "get", "/feeds/<string:file>"),
}
DESK_SCOPES = ("authority:", "desk:", "registers:", "terms:")
OPERATIONS = [
    (name, method, path, function)
    for name, app in APPLICATIONS.items()
    for path, method, _, function in operations(app.extensions["namespaces"])
]


@pytest.mark.parametrize(("name", "method", "path", "function"), OPERATIONS)
def test_every_operation_names_its_rule(name, method, path, function):
    words = getattr(function, "__operation__", None)
    assert words is not None, f"{method} {path} of {name} has no rule"
    assert (words.rule == PUBLIC) is ((name, method, path) in PUBLIC_ROUTES)


@pytest.mark.parametrize("name", APPLICATIONS)
def test_no_route_stands_outside_the_operations(name):
    app = APPLICATIONS[name]
    described = {path for each, _, path, _ in OPERATIONS if each == name}
    for rule in app.url_map.iter_rules():
        path = rule.rule.rstrip("/")
        assert not path or path in described or path.startswith(OPEN_PATHS), path


@pytest.mark.parametrize(("name", "method", "path", "function"), OPERATIONS)
def test_a_caller_without_a_key_is_refused(name, method, path, function):
    if (name, method, path) in PUBLIC_ROUTES:
        return
    url = re.sub(r"<[^>]+>", "1", path)
    answer = APPLICATIONS[name].test_client().open(url, method=method.upper())
    assert answer.status_code == 401, (method, url)
    assert answer.content_type == "application/problem+json"


def test_desk_routes_are_for_the_desk():
    for name, _, path, function in OPERATIONS:
        if name == "content-api":
            scope = function.__operation__.rule.scope or ""
            assert path.startswith("/v1/desk/") is scope.startswith(DESK_SCOPES)


@pytest.mark.parametrize("name", APPLICATIONS)
def test_whoever_comes_by_is_shown_the_description(name):
    answer = APPLICATIONS[name].test_client().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/docs/")
