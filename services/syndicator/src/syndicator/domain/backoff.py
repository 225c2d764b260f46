# SPDX-License-Identifier: EUPL-1.2
"""When to try again. No attempt is the last: an obligation stays open until somebody waives it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

FIRST: Final = timedelta(seconds=1)
LONGEST: Final = timedelta(minutes=10)

Chance = Callable[[], float]


def wait(attempts: int, chance: Chance, *, retry_after: timedelta | None = None) -> timedelta:
    """Return how long to wait after so many attempts.

    `chance` gives a number from 0 to 1 and spreads the waits from half to whole. The destination's
    own wish is obeyed, and never undercut.
    """
    doubled: timedelta = FIRST * (1 << min(max(attempts - 1, 0), 16))
    spread = min(doubled, LONGEST) * (0.5 + chance() / 2)
    if retry_after is None:
        return spread
    return max(retry_after + FIRST * chance(), spread)
