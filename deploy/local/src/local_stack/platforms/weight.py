# SPDX-License-Identifier: EUPL-1.2
"""How X counts: configuration 3 of twitter-text."""

import hashlib
import warnings
from dataclasses import dataclass

with warnings.catch_warnings():
    # It reads its table of emoji through pkg_resources, which warns that it will go away.
    warnings.simplefilter("ignore", UserWarning)
    import twitter_text

LIMIT = 280


@dataclass(frozen=True, slots=True)
class Url:
    """An address inside a text, and the short one that X shows in its place."""

    start: int
    end: int
    expanded: str
    short: str


def weighted_length(text: str) -> int:
    """Return the length of a text as X counts it."""
    return int(twitter_text.parse_tweet(text).weightedLength)


def urls(text: str) -> list[Url]:
    """Find what X takes for an address; a host without a known top-level domain is none."""
    return [
        Url(start, end, expanded=_with_scheme(text[start:end]), short=_shorten(text[start:end]))
        for start, end in (each["indices"] for each in twitter_text.extract_urls_with_indices(text))
    ]


def _with_scheme(url: str) -> str:
    return url if "://" in url else f"http://{url}"


def _shorten(url: str) -> str:
    return "https://t.co/" + hashlib.sha256(url.encode()).hexdigest()[:10]
