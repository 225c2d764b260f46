# SPDX-License-Identifier: EUPL-1.2
"""Topics as categories, keywords as hashtags."""

from collections.abc import Iterable

import regex

# IPTC NewsCodes; a topic of the ministry's own scheme has no public address yet.
SCHEMES = {"medtop": "http://cv.iptc.org/newscodes/mediatopic/"}

_SEPARATORS = regex.compile(r"[^\p{L}\p{M}\p{Nd}]+")


def scheme_and_code(topic: str) -> tuple[str | None, str]:
    """Split a topic such as "medtop:20000587" into the address of its scheme and its code."""
    prefix, _, code = topic.partition(":")
    scheme = SCHEMES.get(prefix)
    return (scheme, code) if scheme and code else (None, topic)


def hashtag(keyword: str) -> str | None:
    """Write a keyword as one word with "#"; None when nothing of it can stand in a hashtag."""
    words = [word for word in _SEPARATORS.split(keyword) if word]
    if not words or all(word.isdecimal() for word in words):
        return None
    if len(words) == 1:
        return f"#{words[0]}"
    return "#" + "".join(word[0].upper() + word[1:] for word in words)


def hashtags(keywords: Iterable[str], most: int) -> list[str]:
    """Write the first keywords as hashtags, each once."""
    written = filter(None, map(hashtag, keywords))
    return list(dict.fromkeys(written))[:most]
