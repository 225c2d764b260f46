# SPDX-License-Identifier: EUPL-1.2
from unittest.mock import ANY

import pytest
from flask import Flask
from marshmallow import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import MethodNotAllowed, NotFound, TooManyRequests

from communique import errors
from communique.web import problems

REFUSALS = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, errors.Refused)
]


@pytest.fixture(autouse=True)
def request_context():
    with Flask("sample").test_request_context("/v1/things"):
        yield


@pytest.mark.parametrize("refusal", REFUSALS)
def test_every_refusal_has_its_status_title_and_type(refusal):
    answer = problems.answer(refusal("Do it another way."))
    assert answer.status_code == refusal.status
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {
        **({"errors": ANY} if refusal.status in {412, 428} else {}),  # they name If-Match
        "type": "urn:communique:problem:" + refusal.title.lower().replace(" ", "-"),
        "title": refusal.title,
        "status": refusal.status,
        "detail": "Do it another way.",
        "instance": "/v1/things",
    }


def test_fields_are_named_by_pointer_and_parameters_by_name():
    answer = problems.answer(
        errors.InvalidInput("x", errors={"/a/0": ["one", "two"], "limit": ["three"]})
    )
    assert answer.json["errors"] == [
        {"pointer": "/a/0", "detail": "one"},
        {"pointer": "/a/0", "detail": "two"},
        {"parameter": "limit", "detail": "three"},
    ]


def test_headers_and_further_members_are_kept():
    refusal = errors.Gone("Withdrawn.", headers={"Link": "</a>"}, extra={"notice": {"vi": "x"}})
    answer = problems.answer(refusal)
    assert answer.headers["Link"] == "</a>"
    assert answer.json["notice"] == {"vi": "x"}


def test_nested_messages_become_json_pointers():
    messages = {
        "locales": {"vi": {"body": {0: {"html": ["Too long."]}}}},
        "a/b~c": ["Unknown field."],
        "_schema": ["Invalid input type."],
    }
    assert problems.invalid(messages).errors == {
        "/locales/vi/body/0/html": ["Too long."],
        "/a~1b~0c": ["Unknown field."],
        "/": ["Invalid input type."],
    }


def test_parameters_are_named_without_a_slash():
    assert problems.invalid({"limit": ["Bad."]}, parameter=True).errors == {"limit": ["Bad."]}


def test_the_detail_names_a_few_fields_only():
    detail = problems.invalid({str(each): ["x"] for each in range(100)}).detail
    assert detail.count("/") == 5


def test_a_validation_error_that_nobody_caught_names_its_fields():
    answer = problems.answer(ValidationError({"title": ["Missing."]}))
    assert answer.status_code == 422
    assert answer.json["errors"] == [{"pointer": "/title", "detail": "Missing."}]


def lost():
    return DBAPIError("SELECT secret", {}, Exception("10.0.0.1"), connection_invalidated=True)


@pytest.mark.parametrize(
    "error",
    [
        errors.Unavailable("10.0.0.1 does not answer"),
        OperationalError("SELECT secret", {}, Exception("10.0.0.1")),
        PoolTimeoutError("SELECT secret"),
        lost(),
    ],
)
def test_a_part_that_is_away_is_a_503_that_says_when_and_not_what(error):
    answer = problems.answer(error)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert b"secret" not in answer.data
    assert b"10.0.0.1" not in answer.data


@pytest.mark.parametrize("error", [RuntimeError("secret"), KeyError("secret"), OSError("secret")])
def test_any_other_error_is_a_500_that_tells_nothing(error):
    answer = problems.answer(error)
    assert answer.status_code == 500
    assert b"secret" not in answer.data
    assert type(error).__name__.encode() not in answer.data


def test_a_statement_that_failed_is_a_500_that_tells_nothing():
    answer = problems.answer(DBAPIError("SELECT secret", {"a": "secret"}, Exception("secret")))
    assert answer.status_code == 500
    assert b"secret" not in answer.data


@pytest.mark.parametrize(
    ("error", "status", "header"),
    [
        (NotFound(), 404, None),
        (MethodNotAllowed(valid_methods=["GET"]), 405, ("Allow", "GET")),
        (TooManyRequests(retry_after=7), 429, ("Retry-After", "7")),
    ],
)
def test_errors_of_the_framework_keep_status_and_the_headers_that_matter(error, status, header):
    answer = problems.answer(error)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert header is None or answer.headers[header[0]] == header[1]
