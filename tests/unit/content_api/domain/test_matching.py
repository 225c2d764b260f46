# SPDX-License-Identifier: EUPL-1.2
import random

import pytest

from content_api.domain.matching import MOST_COMPARISONS, Piece, align

WORDS = [
    "the",
    "ministry",
    "of",
    "foreign",
    "affairs",
    "announces",
    "that",
    "consular",
    "services",
    "in",
    "the",
    "capital",
    "resume",
    "on",
    "monday",
    "after",
    "repairs",
    "and",
    "asks",
    "citizens",
    "abroad",
    "to",
    "register",
    "with",
    "their",
    "embassy",
    "before",
    "travel",
]


def pieces(*texts):
    return [Piece("paragraph", text) for text in texts]


ONE = "The delegation arrived in the capital on Monday morning."
TWO = "Talks on fisheries will go on until the end of the week."
THREE = "Both sides thanked the hosts for their hospitality."
EDITED = "Talks on fisheries and trade will go on until the end of the month."
OTHER = "Nothing here resembles it: 12345, zzz!"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ((), (), {}),
        ((ONE,), (), {}),
        ((), (ONE,), {}),
        ((ONE, TWO), (ONE, TWO), {0: 0, 1: 1}),
        ((ONE, TWO), (THREE, ONE, TWO), {0: 1, 1: 2}),
        ((ONE, TWO), (ONE, THREE, TWO), {0: 0, 1: 2}),
        ((ONE, TWO), (ONE, TWO, THREE), {0: 0, 1: 1}),
        ((ONE, TWO, THREE), (ONE, THREE), {0: 0, 2: 1}),
        ((ONE, TWO, THREE), (THREE, ONE, TWO), {0: 1, 1: 2, 2: 0}),
        ((ONE, TWO, THREE), (THREE, TWO, ONE), {0: 2, 1: 1, 2: 0}),
        ((ONE, TWO, THREE), (ONE, EDITED, THREE), {0: 0, 1: 1, 2: 2}),
        ((ONE, TWO, THREE), (EDITED, THREE, ONE), {0: 2, 1: 0, 2: 1}),
        ((ONE, TWO), (ONE, OTHER), {0: 0}),
        ((ONE, ONE, ONE), (ONE, ONE), {0: 0, 1: 1}),
        ((ONE, TWO, ONE), (TWO, ONE, ONE), {0: 1, 1: 0, 2: 2}),
        (("",), ("",), {0: 0}),
        (("外交部发言人说",), ("外交部发言人今天说",), {0: 0}),
    ],
)
def test_pieces_are_found_again(old, new, found):
    assert align(pieces(*old), pieces(*new)) == found


def test_another_sort_is_another_piece():
    assert align([Piece("heading", ONE)], [Piece("paragraph", ONE)]) == {}


def text(chance):
    return " ".join(chance.choices(WORDS, k=12)) + f" {chance.random()}"


def changed(old, chance):
    """Return the texts after some of everything that happens to texts."""
    new = list(old)
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(new) + 1)
        step = chance.choice(("insert", "remove", "move", "edit"))
        if step == "insert":
            new.insert(at, text(chance))
        elif step == "move":
            new = new[at:] + new[:at]
        else:
            edited = [each.replace(" ", " indeed ", 1) for each in new[at : at + 1]]
            new[at : at + 1] = edited if step == "edit" else []
    return new


@pytest.mark.parametrize("seed", range(60))
def test_whatever_happens_equal_pieces_are_found_and_none_twice(seed):
    chance = random.Random(seed)
    old = [text(chance) for _ in range(chance.randrange(1, 15))]
    new = changed(old, chance)
    found = align(pieces(*old), pieces(*new))
    assert len(set(found.values())) == len(found)
    for before, each in enumerate(old):
        if each in new:
            assert new[found[before]] == each
    for before, now in found.items():
        assert old[before] == new[now] or new[now] not in old


def test_it_can_be_turned_round():
    old, new = pieces(ONE, TWO, THREE), pieces(THREE, ONE, EDITED)
    assert align(new, old) == {now: before for before, now in align(old, new).items()}


def test_too_much_that_is_new_is_not_compared():
    count = int(MOST_COMPARISONS**0.5) + 2
    old = [f"{ONE} {number}" for number in range(count)]
    new = [f"{ONE} {number} more" for number in range(count)]
    assert align(pieces(TWO, *old), pieces(TWO, *new)) == {0: 0}
