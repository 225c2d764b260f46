# SPDX-License-Identifier: EUPL-1.2
"""Pair a text with its source in another language: by structure, as no word is the same."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from communique.events.article import Block, Heading, ListBlock, Table
from content_api.domain.document import Document
from content_api.domain.following import assets_of
from content_api.domain.matching import best_in_order, gaps
from content_api.domain.segments import block_segments, segments


def pair(
    source: Document, target: Document, locale: str, known: Mapping[str, str]
) -> dict[str, str]:
    """Return the source address of each target segment that has one.

    `source.source_locale` is paired with `locale` of `target`; `known` holds pairs that are sure.
    """
    here = {segment.address for segment in segments(source, source.source_locale)}
    pairs = {target_: address for target_, address in known.items() if address in here}
    for segment in segments(target, locale):
        if segment.block is None and segment.address in here:
            pairs.setdefault(segment.address, segment.address)
    if locale not in target.locales:
        return pairs
    taken = set(pairs.values())
    theirs, ours = target.locales[locale].body, source.locales[source.source_locale].body
    for one, other in _blocks(theirs, ours, _known_blocks(pairs)).items():
        for segment in block_segments(one, theirs[one]):
            address = f"body.{other}.{_path(segment.address)}"
            if address in here and address not in taken:
                pairs.setdefault(segment.address, address)
    return pairs


def _known_blocks(pairs: Mapping[str, str]) -> dict[int, int]:
    """Return the blocks of which some segment is paired; the first of them decides."""
    blocks: dict[int, int] = {}
    for target, source in pairs.items():
        if target.startswith("body.") and source.startswith("body."):
            theirs, ours = int(target.split(".")[1]), int(source.split(".")[1])
            if theirs not in blocks and ours not in blocks.values():
                blocks[theirs] = ours
    return blocks


def _blocks(
    theirs: Sequence[Block], ours: Sequence[Block], found: Mapping[int, int]
) -> dict[int, int]:
    pairs = dict(found)

    def alike(one: int, other: int) -> float:
        return _alike(theirs[one], ours[other])

    for before, now in list(gaps(pairs, len(theirs), len(ours))):
        same = [
            (one, other)
            for one, other in takewhile(
                lambda both: theirs[both[0]].type == ours[both[1]].type,
                zip(before, now, strict=False),
            )
        ]
        if len(same) == len(before) == len(now):
            pairs |= dict(same)
        else:
            pairs |= best_in_order(before, now, alike)
    return pairs


def _alike(theirs: Block, ours: Block) -> float:
    """Tell how well the form of two blocks agrees; 0 when they cannot be the same."""
    if theirs.type != ours.type:
        return 0.0
    score = 1.0 + (0.5 if _form(theirs) == _form(ours) else 0.0)
    lengths = sorted((_length(theirs), _length(ours)))
    return score + (0.5 * lengths[0] / lengths[1] if lengths[1] else 0.5)


def _form(block: Block) -> object:
    match block:
        case Heading():
            return block.level
        case ListBlock():
            return len(block.items)
        case Table():
            return len(block.rows), max((len(row) for row in block.rows), default=0)
        case _:
            return assets_of(block)


def _length(block: Block) -> int:
    return sum(len(segment.text) for segment in block_segments(0, block))


def _path(address: str) -> str:
    return address.split(".", 2)[2]
