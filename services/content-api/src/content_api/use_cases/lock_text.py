# SPDX-License-Identifier: EUPL-1.2
"""Hold a text while working on it; renew, let go, or take it from somebody who does not."""

from collections.abc import Sequence
from datetime import timedelta

from communique.clock import rfc3339
from communique.errors import InvalidInput
from content_api.domain.locks import Lock, LockHeld, in_the_way
from content_api.ports import Deps, UnitOfWork


def lock_text(
    article_id: str, locale: str, time_to_live: timedelta, deps: Deps, *, caller: str
) -> Lock:
    """Hold one language, or all (an empty locale); holding it already, hold it on.

    Raises:
        NoSuchArticle: there is none.
        LockHeld: somebody else holds it, or a part of it.
    """
    with deps.unit_of_work() as unit:
        unit.articles.lock(article_id)
        for lock in in_the_way(unit.locks.of(article_id), locale, caller, unit.now()):
            raise LockHeld(lock)
        return _take(unit, article_id, locale, time_to_live, caller)


def steal_lock(
    article_id: str,
    locale: str,
    time_to_live: timedelta,
    reason: str | None,
    deps: Deps,
    *,
    caller: str,
) -> Lock:
    """Hold a text whoever holds it now, and say why; the audit keeps from whom it was taken.

    Raises:
        NoSuchArticle: there is none.
        InvalidInput: there is no reason.
    """
    if reason is None:
        raise InvalidInput("Check /reason.", errors={"/reason": ["Say why you take it."]})
    with deps.unit_of_work() as unit:
        unit.articles.lock(article_id)
        for lock in in_the_way(unit.locks.of(article_id), locale, caller, unit.now()):
            unit.locks.remove(lock)
            details = {
                "holder": lock.holder,
                "locale": lock.locale,
                "expires_at": rfc3339(lock.expires_at),
                "reason": reason,
            }
            unit.audit.add(caller, "steal-lock", article_id, details)
        return _take(unit, article_id, locale, time_to_live, caller)


def unlock_text(article_id: str, locale: str, deps: Deps, *, caller: str) -> None:
    """Let a text go; not holding it changes nothing.

    Raises:
        NoSuchArticle: there is none.
        LockHeld: somebody else holds it.
    """
    with deps.unit_of_work() as unit:
        unit.articles.lock(article_id)
        for lock in unit.locks.of(article_id):
            if lock.locale == locale and lock.holder == caller:
                unit.locks.remove(lock)
            elif lock.locale == locale and lock.expires_at > unit.now():
                raise LockHeld(lock)


def list_locks(article_id: str, deps: Deps) -> Sequence[Lock]:
    """Return the locks that hold now, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        now = unit.now()
        return [lock for lock in unit.locks.of(article_id) if lock.expires_at > now]


def _take(
    unit: UnitOfWork, article_id: str, locale: str, time_to_live: timedelta, caller: str
) -> Lock:
    now = unit.now()
    since = next(
        (
            lock.acquired_at
            for lock in unit.locks.of(article_id)
            if (lock.locale, lock.holder) == (locale, caller) and lock.expires_at > now
        ),
        now,
    )
    lock = Lock(article_id, locale, caller, since, now + time_to_live)
    unit.locks.put(lock)
    return lock
