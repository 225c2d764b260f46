# SPDX-License-Identifier: EUPL-1.2
"""Follow texts of one language from one draft to another.

Equal texts are found first, in order and then wherever they have moved to; what is left between
them is matched in order by similarity, and at last wherever it resembles something.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

#: Below this, one text is no longer an edited form of the other.
SIMILAR: Final = 0.5
#: More comparisons than this are not worth the wait; the rest counts as removed and added.
MOST_COMPARISONS: Final = 40_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be found again: what it is, and what it says."""

    sort: str
    text: str

    def grams(self) -> frozenset[str]:
        """Return its pairs of characters; they need no words, so they work in every script."""
        text = self.text
        return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def align(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """Return where each old piece is now; pieces that are gone have no entry."""
    found = dict(_equal(old, new))
    grams = [piece.grams() for piece in old], [piece.grams() for piece in new]

    def alike(before: int, now: int) -> float:
        if old[before].sort != new[now].sort:
            return 0.0
        first, second = grams[0][before], grams[1][now]
        share = 2 * len(first & second) / (len(first) + len(second))
        return share if share >= SIMILAR else 0.0

    for gap in list(gaps(found, len(old), len(new))):
        found |= best_in_order(*gap, alike)
    found |= _anywhere(*_left(found, len(old), len(new)), alike)
    return dict(sorted(found.items()))


def gaps(
    found: Mapping[int, int], old: int, new: int
) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """Yield what has not been found, between what has been found in its old order."""
    anchors = _rising(sorted(found.items()))
    taken = set(found.values())
    start = (-1, -1)
    for end in (*anchors, (old, new)):
        before = [each for each in range(start[0] + 1, end[0]) if each not in found]
        now = [each for each in range(start[1] + 1, end[1]) if each not in taken]
        if before and now:
            yield before, now
        start = end


def best_in_order(
    before: Sequence[int], now: Sequence[int], score: Callable[[int, int], float]
) -> dict[int, int]:
    """Pair two sequences without crossing so that the scores add up to the most; 0 is no pair."""
    if len(before) * len(now) > MOST_COMPARISONS:
        return {}
    scores = [[score(one, other) for other in now] for one in before]
    best = [[0.0] * (len(now) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(now) - 1, -1, -1):
            paired = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = {}
    i = j = 0
    while i < len(before) and j < len(now):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            pairs[before[i]] = now[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _equal(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Pair equal pieces: same ends first, then what is left of each text, in order."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        yield start, start
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
        yield len(old) - end, len(new) - end
    places = defaultdict(list)
    for now in range(len(new) - end - 1, start - 1, -1):
        places[new[now]].append(now)
    for before in range(start, len(old) - end):
        if places.get(old[before]):
            yield before, places[old[before]].pop()


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs whose second members rise as well."""
    ends: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for index, (_, now) in enumerate(pairs):
        at = bisect_left(ends, now)
        previous.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [now]
        last[at : at + 1] = [index]
    rising = []
    index = last[-1] if last else -1
    while index >= 0:
        rising.append(pairs[index])
        index = previous[index]
    return rising[::-1]


def _left(found: Mapping[int, int], old: int, new: int) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return (
        [each for each in range(old) if each not in found],
        [each for each in range(new) if each not in taken],
    )


def _anywhere(
    before: Sequence[int], now: Sequence[int], score: Callable[[int, int], float]
) -> dict[int, int]:
    """Pair what resembles most first, in any order."""
    if len(before) * len(now) > MOST_COMPARISONS:
        return {}
    scored = [(score(one, other), one, other) for one in before for other in now]
    pairs: dict[int, int] = {}
    taken = set()
    for value, one, other in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if value and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs
