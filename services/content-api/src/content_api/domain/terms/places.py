# SPDX-License-Identifier: EUPL-1.2
"""Every text of a document that the public reads, by JSON pointer."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from communique.events.article import (
    Block,
    Heading,
    ListBlock,
    Localization,
    Paragraph,
    Quote,
    Table,
)
from content_api.domain.document import Document
from content_api.domain.terms.inline_text import PlainText, of_html, of_text


class Field(StrEnum):
    """Which part of an article a text is."""

    TITLE = "title"
    SHORT_TITLE = "short_title"
    SUMMARY = "summary"
    BODY = "body"
    CAPTION = "caption"
    ALT = "alt"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """One text, where it stands, and in which language it is."""

    pointer: str
    field: Field
    locale: str
    content: PlainText


def places(document: Document) -> Iterator[Place]:
    """Yield every text of a document."""
    for locale, localization in document.locales.items():
        yield from _of_locale(locale, localization)
    for index, use in enumerate(document.media):
        for name, field, texts in (
            ("alt", Field.ALT, use.alt),
            ("caption", Field.CAPTION, use.caption),
        ):
            for locale, text in texts.items():
                yield _plain(f"/media/{index}/{name}/{locale}", field, locale, text)
    if document.speaker is not None:
        for locale, text in document.speaker.office.items():
            yield _plain(f"/speaker/office/{locale}", Field.OTHER, locale, text)


def _of_locale(locale: str, text: Localization) -> Iterator[Place]:
    root = f"/locales/{locale}"
    for name, field, value in (
        ("title", Field.TITLE, text.title),
        ("short_title", Field.SHORT_TITLE, text.short_title),
        ("summary", Field.SUMMARY, text.summary),
        ("correction_note", Field.OTHER, text.correction_note),
    ):
        if value:
            yield _plain(f"{root}/{name}", field, locale, value)
    for index, keyword in enumerate(text.keywords):
        yield _plain(f"{root}/keywords/{index}", Field.OTHER, locale, keyword)
    for platform, said in text.social.items():
        if said.text:
            name = platform.replace("~", "~0").replace("/", "~1")
            yield _plain(f"{root}/social/{name}/text", Field.OTHER, locale, said.text)
    for index, block in enumerate(text.body):
        yield from _of_block(f"{root}/body/{index}", locale, block)


def _of_block(root: str, locale: str, block: Block) -> Iterator[Place]:
    match block:
        case Paragraph() | Quote():
            yield _inline(f"{root}/html", locale, block.html)
        case ListBlock(items=items):
            for index, item in enumerate(items):
                yield _inline(f"{root}/items/{index}", locale, item)
        case Table():
            yield from _of_table(root, locale, block)
        case Heading(text=text):
            yield _plain(f"{root}/text", Field.BODY, locale, text)
        case _:
            pass
    for name in ("attribution", "title"):
        words: str | None = getattr(block, name, None)
        if words:
            yield _plain(f"{root}/{name}", Field.BODY, locale, words)


def _of_table(root: str, locale: str, table: Table) -> Iterator[Place]:
    if table.caption:
        yield _plain(f"{root}/caption", Field.CAPTION, locale, table.caption)
    for index, cell in enumerate(table.header):
        yield _inline(f"{root}/header/{index}", locale, cell)
    for number, row in enumerate(table.rows):
        for index, cell in enumerate(row):
            yield _inline(f"{root}/rows/{number}/{index}", locale, cell)


def _plain(pointer: str, field: Field, locale: str, text: str) -> Place:
    return Place(pointer, field, locale, of_text(text))


def _inline(pointer: str, locale: str, html: str) -> Place:
    return Place(pointer, Field.BODY, locale, of_html(html, locale))
