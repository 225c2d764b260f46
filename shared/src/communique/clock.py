# SPDX-License-Identifier: EUPL-1.2
"""The only source of the current time in a process.

What is live is decided by PostgreSQL's clock, never by this one.
"""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # this is the one place


def rfc3339(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC, with `Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
