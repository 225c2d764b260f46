# SPDX-License-Identifier: EUPL-1.2
"""Let pages of other sites read (CORS). Keys travel in a header, never in a cookie, so any may."""

from collections.abc import Callable
from typing import Final

from flask import Flask, Response, request

_READS: Final = frozenset({"GET", "HEAD"})
_EXPOSED: Final = (
    "Content-Language, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, "
    "Surrogate-Key"
)
_TAKEN: Final = (
    "Accept, Accept-Language, Authorization, Cache-Control, If-Modified-Since, If-None-Match, "
    "Last-Event-ID"
)
#: What goes with every answer that a page of another site may read.
OPEN: Final = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", _EXPOSED),
)
_PREFLIGHT: Final = (
    ("Access-Control-Allow-Methods", "GET, HEAD"),
    ("Access-Control-Allow-Headers", _TAKEN),
    ("Access-Control-Max-Age", "86400"),
)


def open_reads(app: Flask, is_open: Callable[[str], bool]) -> None:
    """Open the reads of those paths; nothing that changes anything is ever opened."""

    def finish(response: Response) -> Response:
        if not is_open(request.path):
            return response
        if request.method in _READS:
            response.headers.extend(dict(OPEN))
        elif request.method == "OPTIONS":
            response.headers.extend(dict((*OPEN, *_PREFLIGHT)))
        return response

    app.after_request(finish)
