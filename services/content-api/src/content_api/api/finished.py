# SPDX-License-Identifier: EUPL-1.2
"""Answer with finished bytes: strong ETag, 304 before anything else, kept in front of Flask."""

from collections.abc import Mapping
from typing import Final

from flask import Response, request

from communique.web.hot import remember

JSON: Final = "application/json"
FOR_READERS: Final = "private, max-age=5"


def finished(
    body: bytes,
    etag: str,
    *,
    needed: str | None,
    content_type: str = JSON,
    cache: str = FOR_READERS,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer; `needed` is the scope for which it may be kept (None: everybody)."""
    common = {"ETag": etag, "Cache-Control": cache, **(headers or {})}
    if request.if_none_match.contains_weak(etag.strip('"')):
        return Response(status=304, headers=common)
    remember(needed)
    return Response(body, content_type=content_type, headers=common)
