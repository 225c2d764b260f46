# SPDX-License-Identifier: EUPL-1.2
import random

import pytest

from content_api.domain.align import Budget, align


def rebuilt(before, now, pairs):
    for left, right in pairs:
        assert left is None or right is None or before[left] == now[right]
    return (
        [left for left, _ in pairs if left is not None],
        [right for _, right in pairs if right is not None],
    )


@pytest.mark.parametrize("seed", range(200))
def test_every_place_of_both_is_told_once_and_in_order(seed):
    dice = random.Random(seed)
    before = dice.choices("abcd", k=dice.randrange(15))
    now = dice.choices("abcd", k=dice.randrange(15))
    lefts, rights = rebuilt(before, now, align(before, now, Budget()))
    assert lefts == list(range(len(before)))
    assert rights == list(range(len(now)))


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [("", "", 0), ("abc", "abc", 3), ("abcabba", "cbabac", 4), ("abc", "xyz", 0), ("ab", "aab", 2)],
)
def test_as_much_as_possible_is_kept(before, now, kept):
    pairs = align(before, now, Budget())
    assert sum(left is not None and right is not None for left, right in pairs) == kept


def test_without_steps_left_the_middle_is_told_as_replaced():
    pairs = align("a123z", "a456z", Budget(steps=2))
    assert pairs[0] == (0, 0)
    assert pairs[-1] == (4, 4)
    assert sum(None in pair for pair in pairs) == 6
