# SPDX-License-Identifier: EUPL-1.2
"""Edit locks: who works on a text now, until when. Advice to others, and a stop to their saves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from communique.clock import rfc3339
from communique.errors import Conflict

#: Stands for the article in all its languages.
EVERY_LOCALE: Final = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """One person's hold on one language, or on the whole article, until it expires."""

    article: str
    locale: str
    holder: str
    acquired_at: datetime
    expires_at: datetime


class LockHeld(Conflict):
    """Somebody else works on this text."""

    def __init__(self, lock: Lock) -> None:
        """Name the holder and when the lock expires."""
        super().__init__(
            f"“{lock.holder}” is working on this until {rfc3339(lock.expires_at)}.",
            extra={
                "holder": lock.holder,
                "locale": lock.locale or None,
                "expires_at": rfc3339(lock.expires_at),
            },
        )


def in_the_way(locks: Iterable[Lock], locale: str, caller: str, now: datetime) -> tuple[Lock, ...]:
    """Return the live locks of others on what the caller is about to change."""
    return tuple(
        lock
        for lock in locks
        if lock.holder != caller
        and lock.expires_at > now
        and (EVERY_LOCALE in {locale, lock.locale} or locale == lock.locale)
    )


def check_free(locks: Iterable[Lock], locale: str, caller: str, now: datetime) -> None:
    """Refuse a change of what somebody else has locked.

    Raises:
        LockHeld: naming the holder.
    """
    for lock in in_the_way(locks, locale, caller, now):
        raise LockHeld(lock)
