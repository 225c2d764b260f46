# SPDX-License-Identifier: EUPL-1.2
from communique.web.openapi import operations
from syndicator.api import NAMESPACES


def test_every_method_of_every_route_names_its_rule():
    found = list(operations(NAMESPACES))
    assert len(found) >= 14
    for path, method, _, function in found:
        assert hasattr(function, "__operation__"), f"{method} {path} names no rule"


def test_both_descriptions_are_written(client):
    for path in ("/openapi.json", "/swagger.json"):
        described = client.get(path).json
        assert "/wires/{channel}" in described["paths"]
