# SPDX-License-Identifier: EUPL-1.2
"""What one HTTP method of a resource takes and gives, said once.

The decorator checks the rule, validates query and body, calls the method, and dumps its result. The
API description is made from the same words.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import Response, current_app, request
from marshmallow import ValidationError, fields

from communique.errors import InvalidInput, Refused, UnsupportedMedia
from communique.events.fields import Items, Part, Shape
from communique.web.auth import Guard, Rule
from communique.web.problems import invalid

Method = Callable[..., Any]


@dataclass(frozen=True)
class Operation:
    """The words of one method. An answer is a shape, a media type, or None (no body)."""

    rule: Rule
    query: type[Shape] | None = None
    body: type[Shape] | None = None
    answers: Mapping[int, type[Shape] | str | None] = field(default_factory=dict)
    takes: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()


class Malformed(Refused):
    """The body is not JSON at all."""

    title = "Malformed body"


def operation(
    *,
    rule: Rule,
    query: type[Shape] | None = None,
    body: type[Shape] | None = None,
    answers: Mapping[int, type[Shape] | str | None],
    takes: tuple[str, ...] = (),
    headers: tuple[str, ...] = (),
) -> Callable[[Method], Method]:
    """Guard, validate and describe a method of a restx Resource.

    `takes` lists media types of a body that the method reads itself; `headers` lists request
    headers that it reads (for the description).
    """
    words = Operation(rule, query, body, answers, takes, headers)

    def decorate(method: Method) -> Method:
        @functools.wraps(method)
        def run(self: Any, **path: Any) -> Response:
            guard: Guard = current_app.extensions["guard"]
            guard.check(rule, path)
            given = dict(path)
            if query is not None:
                given["query"] = load_query(query)
            if body is not None:
                given["body"] = load_body(body)
            return respond(method(self, **given), answers)

        run.__operation__ = words  # type: ignore[attr-defined]  # read by web.openapi
        return run

    return decorate


def load_query(shape: type[Shape]) -> Any:
    """Read the query string; a list may be repeated or separated by commas.

    A list whose metadata say `whole` may be repeated only: its values may hold commas.
    """
    schema = shape()
    given: dict[str, Any] = {}
    known = {field.data_key or name: field for name, field in schema.fields.items()}
    for name, values in request.args.to_dict(flat=False).items():
        found = known.get(name)
        if isinstance(found, fields.List):
            parts = values if found.metadata.get("whole") else ",".join(values).split(",")
            given[name] = [part for part in parts if part]
        elif len(values) > 1:
            raise InvalidInput(f"Give {name} once.", errors={name: ["Given more than once."]})
        else:
            given[name] = values[0]
    try:
        return schema.load(given)
    except ValidationError as error:
        raise invalid(error.normalized_messages(), parameter=True) from error


def load_body(shape: type[Shape]) -> Any:
    """Read and validate a JSON body.

    Raises:
        UnsupportedMedia: it is not application/json.
        Malformed: it is not JSON.
        InvalidInput: it does not fit; each field is named.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMedia(
            "Send application/json.", errors={"Content-Type": ["Must be application/json."]}
        )
    try:
        document = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise Malformed(f"The body is not JSON: {error}.", errors={"/": [str(error)]}) from error
    try:
        return shape().load(document)
    except ValidationError as error:
        raise invalid(error.normalized_messages()) from error


def respond(result: Any, answers: Mapping[int, type[Shape] | str | None]) -> Response:
    """Write what a method returned: a Response, a value, or value, status and headers."""
    if isinstance(result, Response):
        return result
    value, status, headers = result, next(iter(answers)), {}
    if isinstance(result, tuple):
        value, status, headers = (*result, {})[:3] if len(result) == 2 else result
    shape = answers.get(status)
    if shape is None:
        response = Response(b"", status)
    elif isinstance(shape, str):
        response = Response(value, status, content_type=shape)
    else:
        body = orjson.dumps(shape().dump(value))
        response = Response(body, status, content_type="application/json")
    response.headers.extend(headers)
    return response


def page_of(shape: type[Shape]) -> type[Shape]:
    """Make the shape of a page: items, and where the next page begins."""
    name = shape.__name__.removesuffix("Schema") + "PageSchema"
    members = {
        "items": Items(Part(shape), most=1_000, required=True),
        "next": fields.String(allow_none=True, metadata={"description": "Cursor, or null."}),
        "__doc__": "One page.",
    }
    return type(name, (Shape,), members)
