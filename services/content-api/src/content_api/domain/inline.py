# SPDX-License-Identifier: EUPL-1.2
"""Inline HTML: what is allowed in running text, and nothing else."""

import unicodedata
from html.parser import HTMLParser
from typing import Final

import nh3

from content_api.domain.errors import NotInline

TAGS: Final = frozenset({"a", "em", "strong", "sub", "sup", "br", "span"})
ATTRIBUTES: Final = {"a": {"href"}, "span": {"lang"}}
SCHEMES: Final = frozenset({"http", "https", "mailto"})

_Token = tuple[str, ...]


def clean(html: str) -> str:
    """Return the HTML in the one form we keep.

    What the sanitiser would drop is refused, not dropped: nobody should learn from the published
    page that half of a sentence is missing. Input and outcome are compared as parsed, so that
    `&eacute;` and `<br/>` are fine.

    Raises:
        NotInline: it has elements, attributes or links that running text may not have.
    """
    sanitised = _sanitise(html)
    if _tokens(sanitised) != _tokens(html) or not all(map(_is_absolute, _links(sanitised))):
        raise NotInline
    # References such as &#x301; may have become marks that compose; some compose with a tag's `>`.
    kept = unicodedata.normalize("NFC", sanitised)
    if _sanitise(kept) != kept:
        raise NotInline
    return kept


def _sanitise(html: str) -> str:
    return nh3.clean(
        html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None
    )


def _links(html: str) -> list[str]:
    return [
        value
        for token in _tokens(html)
        if token[:2] == ("start", "a")
        for name, value in zip(token[2::2], token[3::2], strict=True)
        if name == "href"
    ]


def _is_absolute(link: str) -> bool:
    scheme, colon, _ = link.partition(":")
    return bool(colon) and scheme.lower() in SCHEMES


def _tokens(html: str) -> list[_Token]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tokens


class _Reader(HTMLParser):
    """Lists what HTML consists of; neighbouring text is one token."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[_Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pairs = sorted((name, value or "") for name, value in attrs)
        self.tokens.append(("start", tag, *(part for pair in pairs for part in pair)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if self.tokens and self.tokens[-1][0] == "text":
            self.tokens[-1] = ("text", self.tokens[-1][1] + data)
        else:
            self.tokens.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.tokens.append(("other", data))

    def handle_decl(self, decl: str) -> None:
        self.tokens.append(("other", decl))

    def handle_pi(self, data: str) -> None:
        self.tokens.append(("other", data))

    def unknown_decl(self, data: str) -> None:
        self.tokens.append(("other", data))
