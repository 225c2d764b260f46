# SPDX-License-Identifier: EUPL-1.2
"""A language of a document as an ordered list of segments: what a translator sees one by one.

An address names a segment within one draft, such as `title`, `body.3.items.0` or
`media.<asset>.alt`. Between drafts blocks move; `following` finds them again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from communique.events.article import (
    Block,
    Embed,
    Heading,
    ListBlock,
    Localization,
    MediaUse,
    Paragraph,
    Quote,
    Table,
)
from content_api.domain.document import Document

#: How many characters each field may have, by the path of the field without its numbers.
_MOST: Final[Mapping[str, int]] = {
    "title": 300,
    "short_title": 120,
    "summary": 1_000,
    "body.html": 20_000,
    "body.text": 300,
    "body.attribution": 300,
    "body.items": 20_000,
    "body.header": 2_000,
    "body.rows": 2_000,
    "body.caption": 500,
    "body.title": 300,
    "alt": 1_000,
    "caption": 2_000,
}
_FIELDS: Final = ("title", "short_title", "summary")


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of text; `inline` tells whether it is inline HTML or plain text."""

    address: str
    text: str
    inline: bool = False

    @property
    def hash(self) -> str:
        """Return the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def block(self) -> int | None:
        """Return the index of the block it belongs to; None outside the body."""
        first, *rest = self.address.split(".")
        return int(rest[0]) if first == "body" else None

    @property
    def most(self) -> int:
        """Return how many characters its text may have."""
        first, *rest = self.address.split(".")
        if first == "media":
            return _MOST[rest[-1]]
        return _MOST[f"body.{rest[1]}" if rest else first]


def segments(document: Document, locale: str) -> tuple[Segment, ...]:
    """Return the segments of one language in reading order; none when it has no such language."""
    text = document.locales.get(locale)
    if text is None:
        return ()
    return (*_of_text(text), *_of_media(document.media, locale))


def block_segments(index: int, block: Block) -> tuple[Segment, ...]:
    """Return the segments of the block at that place of the body."""
    place = f"body.{index}"
    return tuple(
        Segment(f"{place}.{path}", text, inline=inline) for path, text, inline in _parts(block)
    )


def media_keys(media: tuple[MediaUse, ...]) -> tuple[str, ...]:
    """Name each use of a picture: by its asset, and by a count where one is used again."""
    seen: dict[str, int] = {}
    keys = []
    for use in media:
        count = seen[use.asset] = seen.get(use.asset, 0) + 1
        keys.append(use.asset if count == 1 else f"{use.asset}:{count}")
    return tuple(keys)


def _of_text(text: Localization) -> Iterator[Segment]:
    for name in _FIELDS:
        value = getattr(text, name)
        if value is not None:
            yield Segment(name, value)
    for index, block in enumerate(text.body):
        yield from block_segments(index, block)


def _of_media(media: tuple[MediaUse, ...], locale: str) -> Iterator[Segment]:
    for key, use in zip(media_keys(media), media, strict=True):
        for name, texts in (("alt", use.alt), ("caption", use.caption)):
            if locale in texts:
                yield Segment(f"media.{key}.{name}", texts[locale])


def _parts(block: Block) -> Iterator[tuple[str, str, bool]]:
    match block:
        case Paragraph():
            yield "html", block.html, True
        case Heading():
            yield "text", block.text, False
        case Quote():
            yield "html", block.html, True
            yield from _optional("attribution", block.attribution)
        case ListBlock():
            for index, item in enumerate(block.items):
                yield f"items.{index}", item, True
        case Table():
            yield from _table(block)
        case Embed():
            yield from _optional("title", block.title)
        case _:
            return


def _table(block: Table) -> Iterator[tuple[str, str, bool]]:
    yield from _optional("caption", block.caption)
    for column, cell in enumerate(block.header):
        if cell:
            yield f"header.{column}", cell, True
    for row, cells in enumerate(block.rows):
        for column, cell in enumerate(cells):
            if cell:
                yield f"rows.{row}.{column}", cell, True


def _optional(path: str, text: str | None) -> Iterator[tuple[str, str, bool]]:
    if text is not None:
        yield path, text, False
