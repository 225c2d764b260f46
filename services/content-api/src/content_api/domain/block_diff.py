# SPDX-License-Identifier: EUPL-1.2
"""Compare two bodies block by block: added, removed, moved, changed."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

import orjson

from content_api.domain.align import Budget, Pair, align
from content_api.domain.inline_diff import (
    Change,
    Piece,
    compare_words,
    show,
    words_of,
    words_of_html,
)

Block = Mapping[str, Any]
#: What of a block is inline HTML, a list of it, or plain text; the rest is compared as a value.
_HTML: Final = {"paragraph": ("html",), "quote": ("html",)}
_LISTS: Final = {"list": ("items",), "table": ("header", "rows")}
_PLAIN: Final = {"heading": ("text",), "quote": ("attribution",), "table": ("caption",)}
#: Enough to tell whether two blocks are alike; a character where words are not spaced.
_WORD: Final = re.compile(r"[0-9A-Za-z\u00c0-\u1fff]+|[^\s\x00-\x7f]")
_ALIKE: Final = 0.4
_WINDOW: Final = 20


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what it was and is; a text also word by word."""

    pointer: str
    change: Change
    before: Any
    now: Any
    html: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block, with its place in both bodies and what of it differs."""

    change: Change
    type: str
    before: int | None
    now: int | None
    html: str
    fields: tuple[FieldChange, ...] = ()


def compare_text(pointer: str, before: Any, now: Any, budget: Budget) -> FieldChange:
    """Compare plain text; None is no text."""
    pieces = compare_words(words_of(before or ""), words_of(now or ""), budget)
    return FieldChange(pointer, _kind(before, now), before, now, show(pieces), pieces)


def compare_html(pointer: str, before: Any, now: Any, budget: Budget) -> FieldChange:
    """Compare inline HTML; None is no text."""
    pieces = compare_words(words_of_html(before or ""), words_of_html(now or ""), budget)
    return FieldChange(pointer, _kind(before, now), before, now, show(pieces), pieces)


def compare_value(pointer: str, before: Any, now: Any) -> FieldChange:
    """Compare anything else as a whole."""
    pieces = tuple(
        Piece(change, text, _escaped(text))
        for change, value in ((Change.REMOVED, before), (Change.ADDED, now))
        if value is not None
        for text in (value if isinstance(value, str) else orjson.dumps(value).decode(),)
    )
    return FieldChange(pointer, _kind(before, now), before, now, show(pieces))


def compare_bodies(
    before: Sequence[Block], now: Sequence[Block], budget: Budget
) -> tuple[BlockChange, ...]:
    """Return every block that is not the same in the same order, in the order of reading."""
    pairs = align([_key(each) for each in before], [_key(each) for each in now], budget)
    told = _with_likes(_with_moves(pairs, before, now), before, now)
    found = []
    for left, right, change in told:
        if change is not Change.SAME:
            old = None if left is None else before[left]
            new = None if right is None else now[right]
            found.append(_block_change(change, (left, old), (right, new), budget))
    return tuple(found)


_Told = tuple[int | None, int | None, Change]


def _with_moves(pairs: list[Pair], before: Sequence[Block], now: Sequence[Block]) -> list[_Told]:
    gone: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for left, right in pairs:
        if left is not None and right is None:
            gone[_key(before[left])].append(left)
    told: list[_Told] = []
    moved = set()
    for left, right in pairs:
        if left is None and right is not None and gone[_key(now[right])]:
            origin = gone[_key(now[right])].popleft()
            moved.add(origin)
            told.append((origin, right, Change.MOVED))
        else:
            told.append((left, right, _kind(left, right, same=Change.SAME)))
    return [each for each in told if each[1] is not None or each[0] not in moved]


def _with_likes(told: list[_Told], before: Sequence[Block], now: Sequence[Block]) -> list[_Told]:
    """Join a removed block and an added one that say nearly the same, if one is near."""
    added = [place for place, each in enumerate(told) if each[2] is Change.ADDED]
    bags = {place: _bag(now[told[place][1] or 0]) for place in added}
    joined: dict[int, int] = {}
    for place, (left, _, change) in enumerate(told):
        if change is Change.REMOVED and left is not None:
            near = sorted(bags, key=lambda each, to=place: abs(each - to))[:_WINDOW]  # type: ignore[misc]  # the default binds the loop's value
            best = _most_alike(before[left], {each: bags[each] for each in near})
            if best is not None:
                joined[best] = place
                del bags[best]
    gone = set(joined.values())
    return [
        (told[joined[place]][0], each[1], Change.CHANGED) if place in joined else each
        for place, each in enumerate(told)
        if place not in gone
    ]


_Bag = tuple[str, Counter[str]]


def _most_alike(block: Block, bags: Mapping[int, _Bag]) -> int | None:
    kind, words = _bag(block)
    likeness = {
        place: 2 * (words & others).total() / ((words.total() + others.total()) or 1)
        for place, (other_kind, others) in bags.items()
        if other_kind == kind
    }
    best = max(likeness, key=lambda place: likeness[place], default=None)
    return best if best is not None and likeness[best] > _ALIKE else None


def _bag(block: Block) -> _Bag:
    text = _key({name: value for name, value in block.items() if name != "type"}).decode()
    return block["type"], Counter(_WORD.findall(text))


def _block_change(
    change: Change,
    before: tuple[int | None, Block | None],
    now: tuple[int | None, Block | None],
    budget: Budget,
) -> BlockChange:
    block = now[1] or before[1] or {}
    fields = tuple(_fields(before[1] or {}, now[1] or {}, block["type"], budget))
    if change is Change.MOVED:
        shown = _fields({}, block, block["type"], budget)
        html = "".join(f"<div>{_unmarked(each)}</div>" for each in shown)
    else:
        html = "".join(f"<div>{each.html}</div>" for each in fields)
    return BlockChange(change, block["type"], before[0], now[0], html, fields)


def _fields(before: Block, now: Block, kind: str, budget: Budget) -> list[FieldChange]:
    found = []
    for name in dict.fromkeys([*now, *before]):
        pointer, old, new = f"/{name}", before.get(name), now.get(name)
        if old == new or name == "type":
            continue
        if name in _LISTS.get(kind, ()):
            found += _items(pointer, old or [], new or [], budget)
        elif name in _HTML.get(kind, ()):
            found.append(compare_html(pointer, old, new, budget))
        elif name in _PLAIN.get(kind, ()):
            found.append(compare_text(pointer, old, new, budget))
        else:
            found.append(compare_value(pointer, old, new))
    return found


def _items(pointer: str, before: list[Any], now: list[Any], budget: Budget) -> list[FieldChange]:
    old, new = [_row(each) for each in before], [_row(each) for each in now]
    found: list[FieldChange] = []
    removed: list[int] = []
    added: list[int] = []
    for left, right in [*align(old, new, budget), (-1, -1)]:
        if left is None and right is not None:
            added.append(right)
        elif right is None and left is not None:
            removed.append(left)
        else:
            for one, other in zip_longest(removed, added):
                place = one if other is None else other
                was = None if one is None else old[one]
                found.append(
                    compare_html(
                        f"{pointer}/{place}", was, None if other is None else new[other], budget
                    )
                )
            removed, added = [], []
    return found


def _row(item: Any) -> str:
    return " | ".join(item) if isinstance(item, list) else str(item)


def _unmarked(field: FieldChange) -> str:
    return "".join(piece.html for piece in field.pieces) or _escaped(str(field.now))


def _escaped(text: str) -> str:
    return "".join(piece.html for piece in compare_words((), words_of(text), Budget()))


def _key(block: Block) -> bytes:
    return orjson.dumps(dict(block), option=orjson.OPT_SORT_KEYS)


def _kind(before: object, now: object, *, same: Change = Change.CHANGED) -> Change:
    if before is None:
        return Change.ADDED
    return Change.REMOVED if now is None else same
