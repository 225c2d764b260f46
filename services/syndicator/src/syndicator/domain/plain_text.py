# SPDX-License-Identifier: EUPL-1.2
"""The blocks of an article as plain text: what can be read aloud, so no pictures."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from communique.events.article import (
    Block,
    Embed,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from syndicator.domain.inline import as_text, printable


def plain_text(blocks: Sequence[Block]) -> str:
    """Write the blocks, an empty line between them."""
    written = (WRITERS[type(each)](each) for each in blocks if type(each) in WRITERS)
    return "\n\n".join(filter(None, written))


def _paragraph(block: Paragraph) -> str:
    return as_text(block.html)


def _heading(block: Heading) -> str:
    return printable(block.text)


def _quote(block: Quote) -> str:
    words = as_text(block.html)
    return f"{words}\n— {printable(block.attribution)}" if block.attribution else words


def _list(block: ListBlock) -> str:
    items = enumerate(map(as_text, block.items), 1)
    return "\n".join(f"{f'{number}.' if block.ordered else '•'} {item}" for number, item in items)


def _table(block: Table) -> str:
    rows = [block.header, *block.rows] if block.header else block.rows
    lines = ["\t".join(map(as_text, row)) for row in rows]
    return "\n".join([printable(block.caption), *lines] if block.caption else lines)


def _embed(block: Embed) -> str:
    return printable(f"{block.title}: {block.url}" if block.title else block.url)


WRITERS: Mapping[type, Callable[[Any], str]] = {
    Embed: _embed,
    Heading: _heading,
    ListBlock: _list,
    Paragraph: _paragraph,
    Quote: _quote,
    Table: _table,
}
