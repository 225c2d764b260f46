# SPDX-License-Identifier: EUPL-1.2
"""Bearer key to caller, and the rule that each route names. A route without a rule fails a test."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import g, request

from communique.errors import Forbidden, Unauthenticated
from communique.keys import PREFIX, Key, digest

_KEPT_SECONDS: Final = 3.0
_MOST_KEPT: Final = 4_096


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a route: everybody, or callers whose key has the scope.

    The scope may name a part of the path in braces: `wire:{channel}`.
    """

    scope: str | None

    def needed(self, path: Mapping[str, object]) -> str | None:
        """Return the scope for one request, or None when everybody may."""
        return None if self.scope is None else self.scope.format_map(path)


PUBLIC: Final = Rule(None)


def scope(name: str) -> Rule:
    """Return the rule that asks for a scope."""
    return Rule(name)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking."""

    key_id: str
    label: str
    scopes: frozenset[str]

    def may(self, needed: str) -> bool:
        """Tell whether this caller has the scope."""
        return needed in self.scopes or "*" in self.scopes


class Guard:
    """Finds the caller of a request; remembers keys for a few seconds."""

    def __init__(self, find: Callable[[str], Key | None]) -> None:
        """Take what finds a key by its secret."""
        self._find = find
        self._kept: dict[bytes, tuple[float, Caller | None]] = {}

    def caller_of(self, authorization: str | None) -> Caller | None:
        """Return the caller for an Authorization header, or None when it names nobody."""
        kind, _, secret = (authorization or "").partition(" ")
        secret = secret.strip()
        if kind.lower() != "bearer" or not secret.startswith(PREFIX):
            return None
        name = digest(secret)
        until, caller = self._kept.get(name, (0.0, None))
        if time.monotonic() < until:
            return caller
        return self._look_up(name, secret)

    def check(self, rule: Rule, path: Mapping[str, object]) -> Caller | None:
        """Let the present request pass, or refuse it.

        Raises:
            Unauthenticated: no key, or one that is unknown, expired or revoked.
            Forbidden: the key has not the scope.
        """
        needed = rule.needed(path)
        if needed is None:
            return None
        found = self.caller_of(request.headers.get("Authorization"))
        if found is None:
            raise Unauthenticated(
                "Send a valid key as `Authorization: Bearer ck_…`.",
                errors={"Authorization": ["No key, or one that is unknown, expired or revoked."]},
                headers={"WWW-Authenticate": 'Bearer realm="communique"'},
            )
        if not found.may(needed):
            raise Forbidden(
                f"The key “{found.label}” has not the scope {needed}.",
                errors={"Authorization": [f"This needs the scope {needed}."]},
            )
        g.caller = found
        return found

    def _look_up(self, name: bytes, secret: str) -> Caller | None:
        key = self._find(secret)
        found = None if key is None else Caller(key.id, key.label, frozenset(key.scopes))
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[name] = (time.monotonic() + _KEPT_SECONDS, found)
        return found


def caller() -> Caller:
    """Return who makes the present request; only on routes whose rule asks for a scope."""
    found: Caller = g.caller
    return found
