# SPDX-License-Identifier: EUPL-1.2
"""One kept answer: as it is, and packed with gzip once somebody asks for that.

Each form has its own strong ETag, so that no cache takes one for the other.
"""

import gzip
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final

Headers = list[tuple[str, str]]
_NOT_IN_304: Final = frozenset({"content-length", "content-type", "content-encoding"})
_PACKED_TYPES: Final = re.compile(r"text/|application/(?:[a-z0-9.-]+\+)?(?:json|xml)\b")
_LEAST_PACKED: Final = 500
_LEVEL: Final = 6
_SUFFIX: Final = '-gzip"'
_FRESHNESS: Final = frozenset({"cache-control", "surrogate-control"})
_AGE: Final = re.compile(r"\b((?:s-)?max-?age)=(\d+)")


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent: the ETag, the headers of a 200 and of a 304, the body."""

    etag: str
    headers: Headers
    headers_304: Headers
    body: bytes


class Kept:
    """An answer and its forms; `until` ends it (None: a notification does)."""

    __slots__ = (
        "_longest",
        "body",
        "counted",
        "modified",
        "packable",
        "packed",
        "plain",
        "scope",
        "until",
    )

    def __init__(
        self, scope: str | None, headers: Headers, body: bytes, until: float | None = None
    ) -> None:
        """Take what the application answered."""
        self.scope = scope
        self.body = body
        self.until = until
        found = {name.lower(): value for name, value in headers}
        self.packable = (
            len(body) >= _LEAST_PACKED
            and "content-encoding" not in found
            and _PACKED_TYPES.match(found.get("content-type", "")) is not None
        )
        told = vary_on(headers, vary(scope, packable=self.packable))
        etag = found.get("etag", "")
        self.plain = Form(etag, told, _for_304(told), body)
        self.packed: Form | None = None
        self.counted = len(body)
        self.modified = moment_of(found.get("last-modified"))
        self._longest = longest(headers)

    def pack(self) -> Form:
        """Return the packed form, made at the first call."""
        if self.packed is None:
            body = gzip.compress(self.body, _LEVEL, mtime=0)
            etag = packed_etag(self.plain.etag)
            changed = {"etag": etag, "content-length": str(len(body))}
            headers = [
                (name, changed.get(name.lower(), value)) for name, value in self.plain.headers
            ]
            headers.append(("Content-Encoding", "gzip"))
            self.packed = Form(etag, headers, _for_304(headers), body)
        return self.packed

    def within(self, headers: Headers, seconds: float) -> Headers:
        """Return the headers with no freshness beyond so many seconds."""
        return headers if seconds >= self._longest else shortened(headers, seconds)

    def known(self, environ: Mapping[str, str]) -> str | None:
        """Return the ETag under which the caller has it already; None when it has not."""
        given = environ.get("HTTP_IF_NONE_MATCH")
        if given is not None:
            return _matching(given, self.plain.etag)
        since = moment_of(environ.get("HTTP_IF_MODIFIED_SINCE"))
        if since is None or self.modified is None or self.modified > since:
            return None
        return self.plain.etag

    def headers_304(self, etag: str) -> Headers:
        """Return the headers of a 304 that names the form the caller has."""
        if etag == self.plain.etag:
            return self.plain.headers_304
        return [
            (name, etag if name.lower() == "etag" else value)
            for name, value in self.plain.headers_304
        ]


def packed_etag(etag: str) -> str:
    """Return the ETag of the packed form."""
    return etag.removesuffix('"') + _SUFFIX


def plain_etags(given: str) -> str:
    """Return a list of ETags as the application behind knows them, which packs nothing."""
    return given.replace(_SUFFIX, '"')


@lru_cache(maxsize=256)
def takes_gzip(accepted: str | None) -> bool:
    """Tell whether Accept-Encoding allows gzip."""
    weights = {}
    for each in (accepted or "").lower().split(","):
        name, _, parameter = each.partition(";")
        weights[name.strip()] = _weight(parameter)
    return weights.get("gzip", weights.get("*", 0.0)) > 0


@lru_cache(maxsize=1_024)
def moment_of(text: str | None) -> float | None:
    """Read an HTTP date; None when it is none."""
    if text is None:
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def vary(scope: str | None, *, packable: bool = True) -> tuple[str, ...]:
    """Name the request headers by which an answer differs."""
    return (
        *(("Accept-Encoding",) if packable else ()),
        *(("Authorization",) if scope is not None else ()),
    )


def vary_on(headers: Headers, names: tuple[str, ...]) -> Headers:
    """Return the headers with Vary naming these request headers too."""
    if not names:
        return headers
    given = [value for name, value in headers if name.lower() == "vary"]
    every = [each.strip() for value in given for each in value.split(",")]
    every += [name for name in names if name.lower() not in {each.lower() for each in every}]
    return [
        *((name, value) for name, value in headers if name.lower() != "vary"),
        ("Vary", ", ".join(every)),
    ]


def longest(headers: Headers) -> int:
    """Return for how many seconds some cache may take the answer as fresh."""
    return max(
        (
            int(seconds)
            for name, value in headers
            if name.lower() in _FRESHNESS
            for _, seconds in _AGE.findall(value)
        ),
        default=0,
    )


def shortened(headers: Headers, seconds: float) -> Headers:
    """Return the headers with no freshness beyond so many seconds."""
    most = max(0, math.floor(seconds))
    return [
        (
            name,
            _AGE.sub(lambda found: f"{found[1]}={min(int(found[2]), most)}", value)
            if name.lower() in _FRESHNESS
            else value,
        )
        for name, value in headers
    ]


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _matching(given: str, etag: str) -> str | None:
    if given.strip() == "*":
        return etag
    names = [each.strip().removeprefix("W/") for each in given.split(",")]
    for candidate in (etag, packed_etag(etag)):
        if candidate.removeprefix("W/") in names:
            return candidate
    return None


def _for_304(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in _NOT_IN_304]
