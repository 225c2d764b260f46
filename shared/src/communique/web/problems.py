# SPDX-License-Identifier: EUPL-1.2
"""Errors become problem documents (RFC 9457). Nothing else of an error leaves the process."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

import orjson
import structlog
from flask import Flask, Response, request
from marshmallow import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from communique.errors import InvalidInput, Refused, Unavailable

log = structlog.get_logger()
MEDIA_TYPE: Final = "application/problem+json"
_KEPT_HEADERS: Final = ("Allow", "Retry-After", "WWW-Authenticate")
_TITLES: Final = {each.status: each.title for each in Refused.__subclasses__()}
_AWAY: Final = (Unavailable, OperationalError, PoolTimeoutError)


def register(app: Flask) -> None:
    """Answer every error of the application with a problem document."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """Turn any error into the response that a caller may see."""
    if isinstance(error, ValidationError):
        error = invalid(error.normalized_messages())
    if isinstance(error, Refused):
        return _refusal(error)
    if isinstance(error, HTTPException):
        return _of_werkzeug(error)
    if isinstance(error, _AWAY) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        log.warning("a part is away", error=type(error).__name__, path=request.path)
        detail = "A part we depend on does not answer. Nothing was changed; try again soon."
        return problem(503, detail, headers={"Retry-After": "2"})
    log.error("request failed", path=request.path, exc_info=error)
    return problem(500, "Something went wrong on our side. It has been recorded.")


def problem(
    status: int,
    detail: str,
    *,
    title: str | None = None,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """Write a problem document."""
    phrase = title or HTTPStatus(status).phrase
    body = {
        "type": "urn:communique:problem:" + re.sub(r"[^a-z0-9]+", "-", phrase.lower()),
        "title": phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        **members,
    }
    response = Response(orjson.dumps(body), status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(dict(headers or {}))
    return response


def invalid(messages: Mapping[str, Any], *, parameter: bool = False) -> InvalidInput:
    """Turn marshmallow's nested messages into one error that names each field.

    Fields of a body are named by JSON pointer, parameters by their name.
    """
    errors = dict(_flat(messages, "" if not parameter else None))
    names = ", ".join(sorted(errors)[:5]) or "the input"
    return InvalidInput(f"Check {names}.", errors=errors)


def _flat(messages: Any, path: str | None) -> Iterator[tuple[str, list[str]]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            step = "" if name == "_schema" else str(name)
            if path is None:
                yield from _flat(inner, step)
            else:
                escaped = step.replace("~", "~0").replace("/", "~1")
                yield from _flat(inner, f"{path}/{escaped}" if step else path)
    else:
        lines = messages if isinstance(messages, list) else [messages]
        yield path or "/", [str(line) for line in lines]


def _refusal(error: Refused) -> Response:
    members = dict(error.extra)
    if error.errors:
        members["errors"] = [
            {("pointer" if place.startswith("/") else "parameter"): place, "detail": line}
            for place, lines in error.errors.items()
            for line in lines
        ]
    return problem(error.status, error.detail, title=error.title, headers=error.headers, **members)


def _of_werkzeug(error: HTTPException) -> Response:
    status = error.code or 500
    kept = {name: value for name, value in error.get_headers() if name in _KEPT_HEADERS}
    detail = error.description or HTTPStatus(status).description
    return problem(status, detail, title=_TITLES.get(status), headers=kept)
