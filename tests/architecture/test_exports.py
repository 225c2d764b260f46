# SPDX-License-Identifier: EUPL-1.2
"""What a package says it exports is what it exports."""

import importlib
import pkgutil

import pytest

import communique
import content_api
import media_store
import syndicator

PROGRAMS = {"__main__", "wsgi", "child"}


def modules():
    for package in (communique, content_api, media_store, syndicator):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if PROGRAMS.isdisjoint(found.name.split(".")):
                yield found.name


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_can_be_imported_alone_and_exports_what_it_says(name):
    module = importlib.import_module(name)
    said = getattr(module, "__all__", [])
    assert [each for each in said if not hasattr(module, each)] == []
    assert list(said) == sorted(set(said))


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_says_what_it_is(name):
    assert (importlib.import_module(name).__doc__ or "").strip()


def test_the_http_client_exports_what_others_may_use():
    module = importlib.import_module("communique.http_client")
    public = {"AddressRefused", "HttpAnswer", "HttpClient", "NoAnswer", "NotSent"}
    assert set(module.__all__) == public
