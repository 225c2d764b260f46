# SPDX-License-Identifier: EUPL-1.2
"""Blocks as Markdown that reads back as the same blocks.

Each block is read back as it is written: first in the form people like, then, if that reads
otherwise, with every mark escaped. A block that Markdown has no form for is an error.
"""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Final

from communique.events.article import (
    Block,
    Divider,
    Embed,
    Gallery,
    Heading,
    Image,
    Infographic,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Video,
)
from content_api.domain.bodies.findings import NotBlocks
from content_api.domain.bodies.from_markdown import CAPTION, from_markdown

Escape = Callable[[str], str]
_MARKS: Final = {"em": "*", "strong": "**"}
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&|~])")
_BULLET: Final = re.compile(r"(?m)^(?:-|(\d+)\.) ")
_AT_START: Final = re.compile(r"(?m)^(\s*)([#+\-=>]|\d+(?=[.)]))")


def to_markdown(blocks: tuple[Block, ...]) -> str:
    """Return the Markdown of a body.

    Raises:
        NotBlocks: a block has no form in Markdown; it is named by its number.
    """
    parts: list[str] = []
    for number, block in enumerate(blocks):
        before = (blocks[number - 1], parts[-1]) if parts else None
        parts.append(_apart(before, block, _checked(number, block)))
    text = "\n\n".join(parts) + "\n" if parts else ""
    if from_markdown(text) != blocks:
        raise NotBlocks(["These blocks, in this order, have no form in Markdown."])
    return text


def _checked(number: int, block: Block) -> str:
    for escape, marks in ((_lightly, True), (_fully, False)):
        text = "\n".join(_Writer(escape, marks=marks).lines(block))
        try:
            if from_markdown(text) == (block,):
                return text
        except NotBlocks:
            continue
    raise NotBlocks([f"Block {number} ({block.type}) has no form in Markdown."])


def _apart(before: tuple[Block, str] | None, block: Block, text: str) -> str:
    """Keep two lists, or a table and a paragraph like its caption, from becoming one."""
    match (before, block):
        case ((ListBlock() as first, written), ListBlock()) if first.ordered == block.ordered:
            if written.startswith(("- ", "1. ")):
                return _BULLET.sub(lambda at: f"{at[1]}) " if at[1] else "* ", text)
        case ((Table(), _), Paragraph()) if text.startswith(CAPTION):
            return text.replace(":", "\\:", 1)
    return text


class _Writer:
    def __init__(self, escape: Escape, *, marks: bool) -> None:
        self._escape = escape
        self._marks = marks

    def lines(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(html):
                yield self._inline(html)
            case Heading(level, text):
                yield f"{'#' * level} {self._escape(text)}"
            case Quote(html, attribution):
                yield from (f"> {line}" for line in self._inline(html).split("\n"))
                if attribution is not None:
                    yield from (">", f"> — {self._escape(attribution)}")
            case ListBlock(items, ordered):
                yield from self._items(items, ordered=ordered)
            case Table():
                yield from self._rows(block)
            case _:
                yield _short(block)

    def _items(self, items: tuple[str, ...], *, ordered: bool) -> Iterator[str]:
        for number, item in enumerate(items, 1):
            mark = f"{number}. " if ordered else "- "
            yield mark + self._inline(item).replace("\n", "\n" + " " * len(mark))

    def _rows(self, table: Table) -> Iterator[str]:
        width = len(table.header) or len(table.rows[0])
        header = table.header or ("",) * width
        for row in (header, ("---",) * width, *table.rows):
            cells = row if row[0] == "---" and row is not header else map(self._cell, row)
            yield f"| {' | '.join(cells)} |"
        if table.caption is not None:
            yield f"\n{CAPTION}{self._escape(table.caption)}"

    def _cell(self, html: str) -> str:
        return self._inline(html).replace("\\\n", "<br>").replace("\n", "&#10;")

    def _inline(self, html: str) -> str:
        writer = _InlineWriter(self._escape, marks=self._marks)
        writer.feed(html)
        writer.close()
        return "".join(writer.parts)


class _InlineWriter(HTMLParser):
    """Writes inline HTML as Markdown; with `marks` off, elements stay elements."""

    def __init__(self, escape: Escape, *, marks: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._escape = escape
        self._marks = marks
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.parts.append("\\\n" if self._marks else "<br>")
        elif tag == "a" and set(given) == {"href"}:
            self._links.append(given["href"])
            self.parts.append("[")
        elif tag in _MARKS and self._marks:
            self.parts.append(_MARKS[tag])
        else:
            words = "".join(f' {name}="{_fully(value)}"' for name, value in given.items())
            self.parts.append(f"<{tag}{words}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address = re.sub(r"([\\<>])", r"\\\1", self._links.pop()).replace("&", "&amp;")
            self.parts.append(f"](<{address}>)")
        elif tag in _MARKS and self._marks:
            self.parts.append(_MARKS[tag])
        elif tag != "br":
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(self._escape(data))


def _short(block: Block) -> str:
    match block:
        case Image(asset):
            return f"![](asset:{asset})"
        case Video(asset) | Infographic(asset):
            return f'![](asset:{asset} "{block.type}")'
        case Gallery(assets):
            return "".join(f'![](asset:{asset} "gallery")' for asset in assets)
        case Embed(url, title):
            return url if title is None else f'[](<{url}> "{_fully(title)}")'
        case Divider():
            return "---"
        case _:
            raise NotBlocks([f"{block.type} has no form in Markdown."])


def _lightly(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _fully(text: str) -> str:
    marked = _PUNCTUATION.sub(lambda at: f"&#{ord(at[1])};", text)
    return re.sub(r"^\s|\s$|(?<=\s)\s|\n", lambda at: f"&#{ord(at[0])};", marked)
