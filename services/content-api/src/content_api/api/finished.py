# SPDX-License-Identifier: EUPL-1.2
"""Answer with finished bytes: strong ETag, 304 before anything else, kept in front of Flask.

Freshness and packing are finished by the cache in front (communique.web.hot), which also knows
when the next change is due.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from flask import Response, request
from werkzeug.http import http_date

from communique.web.hot import remember
from content_api.api.deps import site

JSON: Final = "application/json"
#: The surrogate key of everything that any publication may change: lists, sitemaps.
EVERY_LIST: Final = "articles"


def finished(
    body: bytes,
    etag: str,
    *,
    needed: str | None,
    content_type: str = JSON,
    cache: str | None = None,
    headers: Mapping[str, str] | None = None,
    modified: datetime | None = None,
    keys: Iterable[str] = (),
    seconds: float | None = None,
) -> Response:
    """Return the answer; `needed` is the scope for which it may be kept (None: everybody).

    `keys` name what it is made of, for a CDN; `cache` is another Cache-Control than usual;
    `seconds` bound how long it may be kept here.
    """
    freshness = {"Cache-Control": cache} if cache else _freshness(needed)
    common = {"ETag": etag, **freshness, **(headers or {})}
    if modified is not None:
        common["Last-Modified"] = http_date(modified)
    if keys:
        common["Surrogate-Key"] = " ".join(dict.fromkeys(keys))
    remember(needed, seconds=seconds)
    if _known(etag, modified):
        return Response(status=304, headers=common)
    return Response(body, content_type=content_type, headers=common)


def article_key(article: str) -> str:
    """Return the surrogate key of everything that shows an article."""
    return f"article-{article}"


def _freshness(needed: str | None) -> dict[str, str]:
    if needed is not None:  # a CDN that kept it would give it to callers without a key
        return {"Cache-Control": f"private, max-age={site().fresh}"}
    return {
        "Cache-Control": f"public, max-age={site().fresh}",
        "Surrogate-Control": f"max-age={site().fresh_at_cdn}",
    }


def _known(etag: str, modified: datetime | None) -> bool:
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(etag.strip('"'))
    since = request.if_modified_since
    return since is not None and modified is not None and modified.replace(microsecond=0) <= since
