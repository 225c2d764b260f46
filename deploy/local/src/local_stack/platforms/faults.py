# SPDX-License-Identifier: EUPL-1.2
"""Failures on demand: which call fails next, how, and how often."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

OPERATIONS: Mapping[str, frozenset[str]] = {
    "facebook": frozenset({"create", "upload", "edit", "delete", "list", "read"}),
    "x": frozenset({"create", "edit", "delete", "list", "read"}),
    "webhook": frozenset({"receive"}),
}


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
    for name, value in document.items():
        if name not in CHECKS:
            raise FaultError(f"unknown field: {name}")
        if not CHECKS[name](value):
            raise FaultError(f"{name} cannot be {value!r}")
    if "mode" not in document:
        raise FaultError(f"mode must be one of: {', '.join(Mode)}")
    fault = Fault(**{**document, "mode": Mode(document["mode"])})
    operations = OPERATIONS.get(fault.platform or "", _ALL_OPERATIONS)
    if fault.operation not in {None, *operations}:
        raise FaultError(f"operation must be one of: {', '.join(sorted(operations))}")
    return fault


def _is_number(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int | float) and least <= value <= most


def _is_count(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and least <= value <= most


_ALL_OPERATIONS = frozenset().union(*OPERATIONS.values())
CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "mode": lambda value: value in set(Mode),
    "platform": lambda value: value in {None, *OPERATIONS},
    "operation": lambda value: value is None or isinstance(value, str),
    "status": lambda value: _is_count(value, 400, 599),
    "retry_after": lambda value: value is None or _is_count(value, 0, 3600),
    "seconds": lambda value: _is_number(value, 0, 120),
    "times": lambda value: value is None or _is_count(value, 1, 1_000_000),
}
