# SPDX-License-Identifier: EUPL-1.2
"""Roles at the desk, and how a key comes to have them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is at the desk."""

    AUTHOR = "author"
    TRANSLATOR = "translator"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"


#: What a scope makes of its key, unless the key names its roles itself (`role:translator`).
ROLES_OF_SCOPES: Final[Mapping[str, frozenset[Role]]] = {
    "desk:write": frozenset({Role.AUTHOR, Role.TRANSLATOR}),
    "desk:approve": frozenset({Role.EDITOR}),
    "desk:publish": frozenset({Role.PUBLISHER}),
    "authority:manage": frozenset({Role.ADMIN}),
    "*": frozenset(Role),
}
_NAMED: Final[Mapping[str, Role]] = {f"role:{role}": role for role in Role}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts: the label and the scopes of their key."""

    label: str
    scopes: frozenset[str]

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles that the key names, or else those that its scopes imply."""
        named = frozenset(_NAMED[scope] for scope in self.scopes if scope in _NAMED)
        implied = frozenset(
            role for scope in self.scopes for role in ROLES_OF_SCOPES.get(scope, ())
        )
        return named or implied

    def has(self, scope: str) -> bool:
        """Tell whether the key opens the routes of a scope."""
        return scope in self.scopes or "*" in self.scopes
