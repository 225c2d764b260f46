# SPDX-License-Identifier: EUPL-1.2
"""Failures on demand: which call fails next, how, and how often."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """The ways to fail."""

    STATUS = "status"  # answer with a status instead of doing the work
    LOST_ANSWER = "lost-answer"  # do the work, then hang up without a word
    DELAY = "delay"  # wait, then do the work
    REFUSE = "refuse"  # hang up before doing anything


class FaultError(ValueError):
    """What was asked for is not a fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure; without platform or operation it meets every call."""

    mode: Mode
    platform: str | None = None
    operation: str | None = None
    status: int = 503
    retry_after: int | None = None
    seconds: float = 0.0
    times: int | None = 1  # None: until cleared

    def meets(self, platform: str, operation: str) -> bool:
        """Tell whether it is meant for such a call."""
        return self.platform in (None, platform) and self.operation in (None, operation)


class Faults:
    """The failures still to come; kept in memory, so a restart heals."""

    def __init__(self) -> None:
        """Start without any."""
        self._lock = threading.Lock()
        self._pending: list[tuple[Fault, int | None]] = []

    def add(self, fault: Fault) -> None:
        """Make calls fail from now on."""
        with self._lock:
            self._pending.append((fault, fault.times))

    def clear(self) -> None:
        """Let every call succeed again."""
        with self._lock:
            self._pending.clear()

    def pending(self) -> list[Fault]:
        """Return what is still to come."""
        with self._lock:
            return [fault for fault, _ in self._pending]

    def take(self, platform: str, operation: str) -> Fault | None:
        """Use up one failure meant for such a call, the oldest first."""
        with self._lock:
            for position, (fault, left) in enumerate(self._pending):
                if fault.meets(platform, operation):
                    if left is not None and left <= 1:
                        del self._pending[position]
                    elif left is not None:
                        self._pending[position] = (fault, left - 1)
                    return fault
        return None


def read_fault(document: Mapping[str, Any]) -> Fault:
    """Read a fault as the control surface takes it."""
    known = {field.name for field in fields(Fault)}
    unknown = sorted(set(document) - known)
    if unknown:
        raise FaultError(f"unknown field: {', '.join(unknown)}")
    if document.get("mode") not in set(Mode):
        raise FaultError(f"mode must be one of: {', '.join(Mode)}")
    times = document.get("times", 1)
    if times is not None and (not isinstance(times, int) or times < 1):
        raise FaultError("times must be 1 or more, or null for always")
    return Fault(**{**document, "mode": Mode(document["mode"])})
