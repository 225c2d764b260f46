# SPDX-License-Identifier: EUPL-1.2
from dataclasses import dataclass

import pytest

from communique.outbox.relay import _in_order


@dataclass(frozen=True)
class Row:
    position: int
    key: str


def rows(keys):
    return [Row(position, key) for position, key in enumerate(keys)]


@pytest.mark.parametrize(
    ("keys", "acknowledged", "marked"),
    [
        ("", "", []),
        ("abc", "111", [0, 1, 2]),
        ("abc", "000", []),
        ("abc", "101", [0, 2]),
        ("aaa", "101", [0]),
        ("aaa", "011", []),
        ("abab", "0111", [1, 3]),
        ("aabb", "1001", [0]),
    ],
)
def test_no_row_is_marked_after_an_unacknowledged_one_of_its_key(keys, acknowledged, marked):
    sent = _in_order(rows(keys), [each == "1" for each in acknowledged])
    assert [row.position for row in sent] == marked


def test_an_answer_per_row_is_needed():
    with pytest.raises(ValueError, match="zip"):
        _in_order(rows("ab"), [True])
