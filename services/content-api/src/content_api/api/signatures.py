# SPDX-License-Identifier: EUPL-1.2
"""Our public keys, and a check of a document for whoever has no JOSE library at hand."""

import hashlib
import json
from typing import Any, Final, NoReturn

import orjson
from flask import Response, request
from flask_restx import Namespace, Resource
from limits.storage import MemoryStorage
from marshmallow import fields

from communique.errors import InvalidInput, Refused, UnsupportedMedia
from communique.events.fields import Shape
from communique.web.auth import PUBLIC
from communique.web.operation import Malformed, operation
from content_api.api.deps import deps
from content_api.api.finished import finished
from content_api.domain.signature import jwk
from content_api.use_cases.verify_document import (
    Reason,
    Verdict,
    published_keys,
    verify_document,
)

api: Final = Namespace("signatures", path="/", description="Who signed it, and is it unchanged?")
JWKS: Final = "application/jwk-set+json"
_KEPT: Final = {"Cache-Control": "public, max-age=300"}
MOST_BYTES: Final = 1_000_000
#: How much each process reads a second, for all callers together; a small document counts as more.
_BYTES_A_SECOND: Final = 2_000_000
_LEAST_COST: Final = 20_000
_spent: Final = MemoryStorage()


class TooManyChecks(Refused):
    """More checks are asked for than we make in a second."""

    status = 429
    title = "Too many requests"


class VerdictSchema(Shape):
    """What we say of a document; `public_version` and `retracted` are of what is public now."""

    valid = fields.Boolean(metadata={"description": "Signed by us, and not altered since."})
    reason = fields.Enum(Reason, by_value=True, allow_none=True)
    key = fields.String(allow_none=True, metadata={"description": "Which of our keys, by kid."})
    present = fields.Boolean(metadata={"description": "It is what is public now."})
    public_version = fields.Integer(allow_none=True)
    retracted = fields.Boolean(allow_none=True)


_ANSWERS: Final = {200: VerdictSchema, 400: None, 413: None, 415: None, 429: None}


@api.route("/.well-known/jwks.json")
class KeysResource(Resource):
    """Public keys."""

    @operation(rule=PUBLIC, answers={200: JWKS, 304: None})
    def get(self) -> Response:
        """Give the keys that published documents are signed with (RFC 7517), newest first."""
        body = orjson.dumps({"keys": [jwk(each.public) for each in published_keys(deps())]})
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        return finished(body, etag, needed=None, content_type=JWKS, headers=_KEPT)


@api.route("/v1/verify")
class VerifyResource(Resource):
    """A check."""

    @operation(rule=PUBLIC, takes=("application/json",), answers=_ANSWERS)
    def post(self) -> Verdict:
        """Tell whether a document, as we served it, is signed by us, unaltered, and present."""
        return verify_document(_document(), deps())


def _document() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise UnsupportedMedia(
            "Send application/json.", errors={"Content-Type": ["Must be application/json."]}
        )
    request.max_content_length = MOST_BYTES
    data = request.get_data()
    _spend(len(data))
    try:
        # Not orjson: a member given twice means different things to different readers.
        document = json.loads(data, object_pairs_hook=_members, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is not JSON.", errors={"/": ["Not JSON."]}) from error
    if not isinstance(document, dict):
        raise InvalidInput("Check the body.", errors={"/": ["Must be an object."]})
    return document


def _spend(length: int) -> None:
    if _spent.incr("verify", 1, max(length, _LEAST_COST)) > _BYTES_A_SECOND:
        raise TooManyChecks("Ask again in a second.", headers={"Retry-After": "1"})


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is given twice")
    return members


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
