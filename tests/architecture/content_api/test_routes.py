# SPDX-License-Identifier: EUPL-1.2
"""Every route of content-api names its rule, and what it changes asks for a key."""

import pytest

from communique.web.auth import PUBLIC
from communique.web.openapi import operations
from content_api.api import NAMESPACES

OPERATIONS = [(method, path, function) for path, method, _, function in operations(NAMESPACES)]


@pytest.mark.parametrize(("method", "path", "function"), OPERATIONS)
def test_every_route_names_its_rule(method, path, function):
    words = getattr(function, "__operation__", None)
    assert words is not None, f"{method} {path} has no rule"
    if words.rule == PUBLIC:
        assert (method, path) == ("get", "/articles/<string:locale>/<string:slug>")


@pytest.mark.parametrize(("method", "path", "function"), OPERATIONS)
def test_desk_routes_are_for_the_desk(method, path, function):
    scope = function.__operation__.rule.scope
    assert path.startswith("/v1/desk/") is (scope or "").startswith("desk:")
