# SPDX-License-Identifier: EUPL-1.2
"""Put translated texts in their places; where the translation has none yet, in the source's form.

Nothing that the translation has is taken away.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from communique.errors import InvalidInput
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
from content_api.domain.segments import block_segments, media_keys
from content_api.domain.translation_errors import WouldBeLost

Texts = Mapping[str, str]
_MOST_OF_A_SLUG: Final = 120
_FIELDS: Final = ("title", "short_title", "summary")


@dataclass(frozen=True, slots=True)
class Filled:
    """The document, the source of each target segment, and which of those were put in."""

    document: Document
    pairs: Mapping[str, str]
    made: frozenset[str]


@dataclass
class _Place:
    """A block of the translation in the making, and the source address of each of its parts."""

    block: Block
    sources: dict[str, str] = field(default_factory=dict)


def fill(document: Document, locale: str, texts: Texts, targets: Texts) -> Filled:
    """Return the document with these texts, keyed by source address, in one language.

    `targets` is where the translation has each source address now.

    Raises:
        InvalidInput: the language is new and its title is missing.
        WouldBeLost: text of the translation has no place in the form that its source has now.
    """
    source = document.locales[document.source_locale]
    old = document.locales.get(locale)
    body = _Body(source.body, texts, targets, () if old is None else old.body)
    places = body.of_source() if old is None else body.filled()
    fields: dict[str, Any] = {name: texts[name] for name in _FIELDS if name in texts}
    text = _localization(source, locale, old, fields)
    text = replace(text, body=tuple(place.block for place in places))
    media = _media(document.media, locale, texts)
    pairs = {each: each for each in (*texts, *targets) if not each.startswith("body.")}
    for index, place in enumerate(places):
        pairs |= {f"body.{index}.{path}": address for path, address in place.sources.items()}
    made = frozenset(target for target, address in pairs.items() if address in texts)
    filled = replace(document.with_locale(locale, text), media=media)
    return Filled(filled, pairs, made)


class _Body:
    def __init__(
        self, source: tuple[Block, ...], texts: Texts, targets: Texts, old: tuple[Block, ...]
    ) -> None:
        self._source = source
        self._new = texts
        self._texts = {**_current(old, targets), **texts}
        self._places = [_Place(block) for block in old]
        self._homes: dict[int, _Place] = {}
        for address, target in targets.items():
            if target.startswith("body."):
                _, index, path = target.split(".", 2)
                place = self._places[int(index)]
                place.sources[path] = address
                self._homes.setdefault(int(address.split(".")[1]), place)

    def of_source(self) -> list[_Place]:
        """Return the body in the form of the source, without what has no text yet."""
        made = (self._build(index) for index in range(len(self._source)))
        return [place for place in made if place is not None]

    def filled(self) -> list[_Place]:
        """Return the body as it is, with the texts in their places and in new places."""
        last: _Place | None = None
        for index, block in enumerate(self._source):
            home = self._homes.get(index)
            touched = any(segment.address in self._new for segment in block_segments(index, block))
            if touched and home is not None:
                self._refill(index, home)
            elif touched:
                home = self._insert(index, last)
            last = home or last
        return self._places

    def _refill(self, index: int, home: _Place) -> None:
        built = self._build(index)
        place = self._places.index(home)
        lost = [
            segment.address
            for segment in block_segments(place, home.block)
            if not home.sources.get(_path(segment.address), "").startswith(f"body.{index}.")
        ]
        if lost or built is None:
            raise WouldBeLost(lost)
        home.block, home.sources = built.block, built.sources

    def _insert(self, index: int, last: _Place | None) -> _Place | None:
        built = self._build(index)
        if built is not None:
            at = 0 if last is None else self._places.index(last) + 1
            self._places.insert(at, built)
        return built

    def _build(self, index: int) -> _Place | None:
        """Return a block of the source with the texts there are; None when it says nothing."""
        block = self._source[index]
        addresses = [segment.address for segment in block_segments(index, block)]
        texts = {
            _path(address): self._texts[address] for address in addresses if address in self._texts
        }
        if addresses and not texts:
            return None
        made = with_texts(block, texts) if addresses else block
        if made is None:
            return None
        paths = texts
        if isinstance(made, ListBlock):
            kept = [path for path in texts if path.startswith("items.")]
            return _Place(
                made,
                {f"items.{new}": f"body.{index}.{path}" for new, path in enumerate(kept)},
            )
        return _Place(made, {path: f"body.{index}.{path}" for path in paths})


def with_texts(block: Block, texts: Texts) -> Block | None:
    """Return a block with other words, keyed by the path of each part; None without its main one.

    A part without words is left out; a cell stays, empty.
    """
    if isinstance(block, Paragraph | Quote | Heading):
        main = "text" if isinstance(block, Heading) else "html"
        words: dict[str, Any] = {main: texts.get(main)}
        if isinstance(block, Quote):
            words["attribution"] = texts.get("attribution")
        return replace(block, **words) if main in texts else None
    if isinstance(block, ListBlock):
        items = (texts.get(f"items.{index}") for index in range(len(block.items)))
        return replace(block, items=tuple(item for item in items if item is not None))
    if isinstance(block, Table):
        return _table(block, texts)
    return replace(block, title=texts.get("title")) if isinstance(block, Embed) else block


def _table(block: Table, texts: Texts) -> Table:
    def cells(name: str, row: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(texts.get(f"{name}.{column}", "") for column in range(len(row)))

    return replace(
        block,
        caption=texts.get("caption"),
        header=cells("header", block.header),
        rows=tuple(cells(f"rows.{index}", row) for index, row in enumerate(block.rows)),
    )


def _current(old: tuple[Block, ...], targets: Texts) -> dict[str, str]:
    words = {
        segment.address: segment.text
        for index, block in enumerate(old)
        for segment in block_segments(index, block)
    }
    return {address: words[target] for address, target in targets.items() if target in words}


def _localization(
    source: Localization, locale: str, old: Localization | None, fields: dict[str, Any]
) -> Localization:
    if old is not None:
        return replace(old, **fields)
    if "title" not in fields:
        raise InvalidInput(
            f"A first text in {locale} needs a title.",
            errors={"/units/title": ["Required: the language is new."]},
        )
    slug = slug_from(fields["title"]) or source.slug
    return replace(Localization(title=fields["title"], slug=slug, body=()), **fields)


def slug_from(title: str) -> str:
    """Return an address made of a title in Latin letters; empty when it has none."""
    plain = unicodedata.normalize("NFKD", title.lower().replace("đ", "d"))
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    words: Iterable[str] = "".join(
        each if each.isascii() and each.isalnum() else " " for each in kept
    ).split()
    return "-".join(words)[:_MOST_OF_A_SLUG].strip("-")


def _media(media: tuple[MediaUse, ...], locale: str, texts: Texts) -> tuple[MediaUse, ...]:
    def worded(words: Texts, address: str) -> Texts:
        return {**words, locale: texts[address]} if address in texts else words

    return tuple(
        replace(
            use,
            alt=worded(use.alt, f"media.{key}.alt"),
            caption=worded(use.caption, f"media.{key}.caption"),
        )
        for key, use in zip(media_keys(media), media, strict=True)
    )


def _path(address: str) -> str:
    return address.split(".", 2)[2]
