# SPDX-License-Identifier: EUPL-1.2
"""The plain text of inline HTML, and the parts of it in which names are not ours to choose."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

Range = tuple[int, int]
_TOP_LEVEL: Final = "com|org|net|int|gov|edu|info|vn|asia|cn|es|eu|fr|uk|us"
_ADDRESS: Final = re.compile(
    r"(?:https?://|mailto:|www\.)[^\s<>\"“”«»]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w.-])(?:[a-z0-9-]+\.)+(?:{_TOP_LEVEL})(?![\w-])(?:/[^\s<>\"“”«»]*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """What a reader sees; `exempt` are addresses, and words marked as another language's."""

    text: str
    exempt: tuple[Range, ...] = ()


def of_text(text: str) -> PlainText:
    """Return text that has no tags."""
    return PlainText(text, tuple(_addresses(text)))


def of_html(html: str, locale: str) -> PlainText:
    """Return the text of inline HTML; `lang` exempts words of another language than `locale`."""
    reader = _Reader(locale)
    reader.feed(html)
    reader.close()
    text = "".join(reader.parts)
    return PlainText(text, (*reader.foreign, *_addresses(text)))


def _addresses(text: str) -> list[Range]:
    return [match.span() for match in _ADDRESS.finditer(text)]


class _Reader(HTMLParser):
    def __init__(self, locale: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.foreign: list[Range] = []
        self._language = _language(locale)
        self._length = 0
        self._open: list[tuple[int, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        elif tag == "span":
            language = _language(dict(attrs).get("lang") or "")
            self._open.append((self._length, language not in {"", self._language}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._open:
            start, foreign = self._open.pop()
            if foreign:
                self.foreign.append((start, self._length))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        self._length += len(data)


def _language(locale: str) -> str:
    return locale.partition("-")[0].lower()
