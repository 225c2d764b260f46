# SPDX-License-Identifier: EUPL-1.2
"""Follow the segments of one language from one document to the next, block by block."""

from collections.abc import Iterator, Sequence

from communique.events.article import Block, Gallery, Image, Infographic, ListBlock, Table, Video
from content_api.domain.document import Document
from content_api.domain.matching import Piece, align, gaps
from content_api.domain.segments import block_segments, segments


def follow(old: Document, new: Document, locale: str) -> dict[str, str]:
    """Return the present address of each segment of the old document that is still there."""
    here = {segment.address for segment in segments(new, locale)}
    followed = {
        segment.address: segment.address
        for segment in segments(old, locale)
        if segment.block is None and segment.address in here
    }
    if locale not in old.locales or locale not in new.locales:
        return followed
    before, now = old.locales[locale].body, new.locales[locale].body
    for one, other in _found_again(_pieces(before), _pieces(now)).items():
        for path, present in _within(before[one], now[other]):
            if f"body.{other}.{present}" in here:
                followed[f"body.{one}.{path}"] = f"body.{other}.{present}"
    return followed


def assets_of(block: Block) -> tuple[str, ...]:
    """Return the pictures and clips that a block shows."""
    match block:
        case Image() | Video() | Infographic():
            return (block.asset,)
        case Gallery():
            return block.assets
        case _:
            return ()


def _pieces(body: Sequence[Block]) -> list[Piece]:
    return [Piece(block.type, _text(index, block)) for index, block in enumerate(body)]


def _text(index: int, block: Block) -> str:
    return "\n".join(
        [*(segment.text for segment in block_segments(index, block)), *assets_of(block)]
    )


def _within(old: Block, new: Block) -> Iterator[tuple[str, str]]:
    """Yield where each part of a block stands in the block that it has become."""
    if isinstance(old, ListBlock) and isinstance(new, ListBlock):
        pairs = _found_again(_items(old.items), _items(new.items))
        yield from ((f"items.{one}", f"items.{other}") for one, other in pairs.items())
        return
    if isinstance(old, Table) and isinstance(new, Table):
        yield from _within_table(old, new)
        return
    for segment in block_segments(0, old):
        path = segment.address.removeprefix("body.0.")
        yield path, path


def _items(texts: Sequence[str]) -> list[Piece]:
    return [Piece("item", text) for text in texts]


def _within_table(old: Table, new: Table) -> Iterator[tuple[str, str]]:
    yield "caption", "caption"
    columns = _found_again(_columns(old), _columns(new))
    for one, other in columns.items():
        yield f"header.{one}", f"header.{other}"
    for before, now in _found_again(_rows(old), _rows(new)).items():
        for one, other in columns.items():
            yield f"rows.{before}.{one}", f"rows.{now}.{other}"


def _found_again(old: list[Piece], new: list[Piece]) -> dict[int, int]:
    """Align; what stands in the same place and is of the same sort was rewritten."""
    found = align(old, new)
    for before, now in list(gaps(found, len(old), len(new))):
        if [old[one].sort for one in before] == [new[other].sort for other in now]:
            found |= dict(zip(before, now, strict=True))
    return found


def _rows(table: Table) -> list[Piece]:
    return _items(["\n".join(row) for row in table.rows])


def _columns(table: Table) -> list[Piece]:
    width = max((len(row) for row in (table.header, *table.rows)), default=0)
    cells = [
        [row[column] for row in (table.header, *table.rows) if column < len(row)]
        for column in range(width)
    ]
    return _items(["\n".join(column) for column in cells])
