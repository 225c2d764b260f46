# SPDX-License-Identifier: EUPL-1.2
"""Find what two sequences have in common, in order (Myers), within a budget of steps."""

from collections.abc import Hashable, Sequence

Pair = tuple[int | None, int | None]
_Furthest = dict[int, int]


class Budget:
    """How many steps a comparison may take; without any left, the rest is told coarsely."""

    def __init__(self, steps: int = 2_000_000) -> None:
        """Take the number of steps."""
        self._left = steps

    def spend(self, steps: int) -> bool:
        """Take some; False when there are not as many."""
        if steps > self._left:
            return False
        self._left -= steps
        return True


def align(before: Sequence[Hashable], now: Sequence[Hashable], budget: Budget) -> list[Pair]:
    """Return pairs of positions in order: both (the same), or one alone (removed, added)."""
    head = _common(before, now)
    tail = _common(before[head:][::-1], now[head:][::-1])
    ends = len(before) - tail, len(now) - tail
    middle = _middle(before[head : ends[0]], now[head : ends[1]], budget)
    return [
        *((place, place) for place in range(head)),
        *((_moved(left, head), _moved(right, head)) for left, right in middle),
        *((ends[0] + place, ends[1] + place) for place in range(tail)),
    ]


def _moved(place: int | None, by: int) -> int | None:
    return None if place is None else place + by


def _common(before: Sequence[Hashable], now: Sequence[Hashable]) -> int:
    count = 0
    for left, right in zip(before, now, strict=False):
        if left != right:
            break
        count += 1
    return count


def _middle(before: Sequence[Hashable], now: Sequence[Hashable], budget: Budget) -> list[Pair]:
    trace = _walk(before, now, budget) if before and now else None
    if trace is None:
        return [
            *((place, None) for place in range(len(before))),
            *((None, place) for place in range(len(now))),
        ]
    return _retrace(trace, len(before), len(now))


def _walk(
    before: Sequence[Hashable], now: Sequence[Hashable], budget: Budget
) -> list[_Furthest] | None:
    furthest: _Furthest = {1: 0}
    trace: list[_Furthest] = []
    for edits in range(len(before) + len(now) + 1):
        if not budget.spend(2 * edits + 1):
            return None
        trace.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            left = _start(furthest, diagonal, edits)
            right = left - diagonal
            while left < len(before) and right < len(now) and before[left] == now[right]:
                left, right = left + 1, right + 1
            furthest[diagonal] = left
            if left >= len(before) and right >= len(now):
                return trace
    return None


def _start(furthest: _Furthest, diagonal: int, edits: int) -> int:
    if _goes_down(furthest, diagonal, edits):
        return furthest[diagonal + 1]
    return furthest[diagonal - 1] + 1


def _goes_down(furthest: _Furthest, diagonal: int, edits: int) -> bool:
    return diagonal == -edits or (
        diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
    )


def _retrace(trace: list[_Furthest], left: int, right: int) -> list[Pair]:
    pairs: list[Pair] = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest, diagonal = trace[edits], left - right
        down = _goes_down(furthest, diagonal, edits)
        begin = _start(furthest, diagonal, edits)
        while left > begin and right > begin - diagonal:
            left, right = left - 1, right - 1
            pairs.append((left, right))
        if edits == 0:
            break
        if down:
            right -= 1
            pairs.append((None, right))
        else:
            left -= 1
            pairs.append((left, None))
    return pairs[::-1]
