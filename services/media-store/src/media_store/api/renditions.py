# SPDX-License-Identifier: EUPL-1.2
"""Serve renditions to the public: immutable, resumable, straight from storage."""

from typing import Final

from flask import Response, request
from flask_restx import Namespace, Resource

from communique.errors import Refused, Unavailable
from communique.web.auth import PUBLIC
from communique.web.operation import operation
from media_store.api.deps import deps
from media_store.domain.asset import Rendition
from media_store.domain.errors import NoSuchBlob
from media_store.domain.picture_types import JPEG
from media_store.use_cases.link import public_rendition

api: Final = Namespace("renditions", path="/renditions", description="Pictures for the public.")


class RangeNotSatisfiable(Refused):
    """The wanted part lies outside the picture."""

    status = 416
    title = "Range not satisfiable"


@api.route("/<string:sha256>.jpg")
class RenditionResource(Resource):
    """One rendition, known by its hash."""

    @operation(
        rule=PUBLIC,
        answers={200: JPEG, 206: JPEG, 304: None},
        headers=("If-None-Match", "If-Range", "Range"),
    )
    def get(self, *, sha256: str) -> Response:
        """Get the picture, or the part of it named by Range."""
        rendition = public_rendition(sha256, deps())
        if request.if_none_match.contains_weak(sha256):
            response = Response(status=304)
        else:
            response = _bytes(rendition)
        response.set_etag(sha256)
        response.headers["Accept-Ranges"] = "bytes"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def _bytes(rendition: Rendition) -> Response:
    start, end = _part(rendition)
    whole = end - start == rendition.bytes
    response = Response(status=200 if whole else 206, content_type=rendition.media_type)
    response.content_length = end - start
    if not whole:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{rendition.bytes}"
    if request.method != "HEAD":
        try:
            response.response = deps().blobs.open(rendition.key, start=start, length=end - start)
        except NoSuchBlob as error:
            raise Unavailable("The storage has lost a rendition.") from error
    return response


def _part(rendition: Rendition) -> tuple[int, int]:
    """Return first and past-the-end byte; several parts at once are answered with the whole."""
    wanted = request.range
    unchanged = request.if_range.etag in {None, rendition.sha256} and not request.if_range.date
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not unchanged:
        return 0, rendition.bytes
    part = wanted.range_for_length(rendition.bytes)
    if part is None:
        raise RangeNotSatisfiable(
            "The picture is shorter.",
            errors={"Range": [f"It has {rendition.bytes} bytes."]},
            headers={"Content-Range": f"bytes */{rendition.bytes}"},
        )
    return part
