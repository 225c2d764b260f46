# SPDX-License-Identifier: EUPL-1.2
"""Check what the shapes cannot: inline HTML, and what must agree between fields."""

from dataclasses import replace

from communique.errors import InvalidInput
from communique.events.article import (
    Block,
    ListBlock,
    Localization,
    Paragraph,
    Quote,
    Table,
)
from content_api.domain import inline
from content_api.domain.document import Document
from content_api.domain.errors import NotInline

_NOT_INLINE = (
    "Only text and well-formed a[href], em, strong, sub, sup, br, span[lang]; "
    "links start with https:, http: or mailto:."
)


def clean_document(document: Document) -> Document:
    """Return the document in the form we keep.

    Raises:
        InvalidInput: naming every wrong field by JSON pointer.
    """
    cleaner = _Cleaner()
    locales = {
        locale: cleaner.localization(f"/locales/{locale}", localization)
        for locale, localization in document.locales.items()
    }
    if document.source_locale not in document.locales:
        cleaner.errors["/source_locale"] = ["Must be one of the languages in locales."]
    cleaner.finish()
    return replace(document, locales=locales)


def clean_localization(localization: Localization) -> Localization:
    """Return one localization in the form we keep; pointers start at it.

    Raises:
        InvalidInput: naming every wrong field by JSON pointer.
    """
    cleaner = _Cleaner()
    cleaned = cleaner.localization("", localization)
    cleaner.finish()
    return cleaned


class _Cleaner:
    """Cleans part by part and remembers what is wrong where."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def finish(self) -> None:
        if self.errors:
            raise InvalidInput("The text holds what cannot be published.", errors=self.errors)

    def localization(self, pointer: str, localization: Localization) -> Localization:
        body = tuple(
            self._block(f"{pointer}/body/{index}", block)
            for index, block in enumerate(localization.body)
        )
        return replace(localization, body=body)

    def _block(self, pointer: str, block: Block) -> Block:
        match block:
            case Paragraph() | Quote():
                return replace(block, html=self._inline(f"{pointer}/html", block.html))
            case ListBlock():
                return replace(block, items=self._each(f"{pointer}/items", block.items))
            case Table():
                rows = tuple(
                    self._each(f"{pointer}/rows/{index}", row)
                    for index, row in enumerate(block.rows)
                )
                return replace(
                    block, header=self._each(f"{pointer}/header", block.header), rows=rows
                )
            case _:
                return block

    def _each(self, pointer: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._inline(f"{pointer}/{index}", text) for index, text in enumerate(texts))

    def _inline(self, pointer: str, html: str) -> str:
        try:
            return inline.clean(html)
        except NotInline:
            self.errors[pointer] = [_NOT_INLINE]
            return html
