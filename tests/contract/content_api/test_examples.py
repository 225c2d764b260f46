# SPDX-License-Identifier: EUPL-1.2
"""The examples ask for what there is."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

from communique.events.article import Block
from communique.web.openapi import operations
from content_api.api import NAMESPACES

EXAMPLES = Path(__file__).parents[3] / "examples"
PARAMETER = re.compile(r"<[^>]+>")
ROUTES = {
    PARAMETER.sub("*", path) for path, method, _, _ in operations(NAMESPACES) if method == "get"
}


def asked_for(text, pattern):
    return {re.sub(r"\$\{[^}]*\}+", "*", path) for path in re.findall(pattern, text)}


def test_the_page_asks_for_routes_that_there_are():
    text = (EXAMPLES / "ministry-page" / "index.html").read_text()
    asked = asked_for(text, r"ask\([\"`](/[^\"`]+)[\"`]")
    assert asked == {"/v1/articles", "/v1/articles/by-slug/*/*"}
    assert asked <= ROUTES


def test_the_page_knows_every_kind_of_block():
    text = (EXAMPLES / "ministry-page" / "index.html").read_text()
    drawn = set(re.findall(r"^  ([a-z]+): \(", text, re.MULTILINE))
    assert drawn == {
        field.default for each in get_args(Block) for field in fields(each) if field.name == "type"
    }


def test_the_verifier_is_thirty_lines_and_asks_for_the_keys():
    text = (EXAMPLES / "verify.py").read_text()
    assert len(text.splitlines()) <= 30
    assert asked_for(text, r"(/\.well-known/[^\"]+)\"") <= ROUTES
