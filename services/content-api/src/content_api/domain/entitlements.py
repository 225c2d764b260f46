# SPDX-License-Identifier: EUPL-1.2
"""Which audiences a caller may read; part of every sync cursor, so that a loss can be told."""

from collections.abc import Callable
from typing import Final

from communique.events.article import Audience

#: What is live is for everybody who may read; what is held in trust needs a scope of its own.
HELD: Final = "embargo:read"
EVERYBODY: Final = frozenset({Audience.PUBLIC})

Entitlements = frozenset[Audience]


def entitlements(may: Callable[[str], bool]) -> Entitlements:
    """Return the audiences for a caller, told by what scopes it has."""
    return EVERYBODY | {Audience.PRESS} if may(HELD) else EVERYBODY
