# SPDX-License-Identifier: EUPL-1.2
"""The plain words of one language of an article: what is searched, and shown around a find."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

#: A longer text is found by its beginning only; PostgreSQL takes one megabyte of words.
MOST_CHARACTERS: Final = 60_000
_TAG: Final = re.compile(r"<(br|[^>]+)>")


@dataclass(frozen=True, slots=True)
class SearchText:
    """Title, summary and body, without markup."""

    title: str
    summary: str
    body: str


def searchable(localization: Mapping[str, Any]) -> SearchText:
    """Return the words of a localization as it stands in a finished document."""
    keywords = " ".join(localization.get("keywords") or ())
    parts = [part for block in localization.get("body") or () for part in _words(block)]
    body = "\n".join(part for part in [*parts, keywords] if part)
    return SearchText(
        localization["title"], localization.get("summary") or "", body[:MOST_CHARACTERS]
    )


def _words(block: Mapping[str, Any]) -> Iterator[str]:
    yield from (block.get(name) or "" for name in ("text", "attribution", "caption", "title"))
    inline = [block.get("html"), *(block.get("items") or ()), *(block.get("header") or ())]
    rows = [" ".join(row) for row in block.get("rows") or ()]
    yield from (plain(each) for each in (*inline, *rows) if each)


def plain(inline: str) -> str:
    """Return inline HTML as text."""
    return html.unescape(_TAG.sub(lambda tag: " " if tag[1] == "br" else "", inline))
