# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from syndicator.domain.backoff import LONGEST, wait


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 1), (2, 2), (5, 16), (10, 512), (11, 600), (1_000_000, 600)]
)
def test_waits_double_up_to_the_longest(attempts, seconds):
    assert wait(attempts, lambda: 1.0) == timedelta(seconds=seconds)


def test_chance_spreads_from_half_to_whole():
    assert wait(3, lambda: 0.0) == timedelta(seconds=2)
    assert wait(3, lambda: 0.5) == timedelta(seconds=3)


def test_the_destinations_wish_is_never_undercut():
    wish = timedelta(seconds=90)
    assert wait(1, lambda: 0.0, retry_after=wish) == wish
    assert wait(1, lambda: 0.5, retry_after=wish) == wish + timedelta(seconds=0.5)


def test_our_own_wait_may_be_longer_than_the_destinations_wish():
    assert wait(20, lambda: 1.0, retry_after=timedelta(seconds=1)) == LONGEST
