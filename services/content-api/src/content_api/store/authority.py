# SPDX-License-Identifier: EUPL-1.2
"""The rules of authority; an ended one is kept."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects.postgresql import insert

from communique.events.article import Kind
from content_api.domain.authority import AuthorityRule, Power
from content_api.domain.roles import Role
from content_api.store.tables_workflow import authority_rules


class StoredRules:
    """Who alone may approve or release what."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, rule: AuthorityRule) -> None:
        """Insert it."""
        self._connection.execute(insert(authority_rules).values(_values(rule)))

    def lock(self, rule: str) -> AuthorityRule | None:
        """Return it, and keep every other change of it waiting; or None."""
        row = self._connection.execute(
            select(authority_rules).where(authority_rules.c.id == rule).with_for_update()
        ).one_or_none()
        return None if row is None else _rule(row)

    def save(self, rule: AuthorityRule) -> None:
        """Write it."""
        self._connection.execute(
            update(authority_rules).where(authority_rules.c.id == rule.id).values(_values(rule))
        )

    def list(self, *, ended: bool = False) -> Sequence[AuthorityRule]:
        """Return the rules that hold, oldest first; or every rule there ever was."""
        query = select(authority_rules).order_by(authority_rules.c.id)
        if not ended:
            query = query.where(authority_rules.c.ended_at.is_(None))
        return [_rule(row) for row in self._connection.execute(query)]


def _values(rule: AuthorityRule) -> dict[str, Any]:
    return {**asdict(rule), "roles": list(rule.roles), "labels": list(rule.labels)}


def _rule(row: Row[Any]) -> AuthorityRule:
    return AuthorityRule(
        **{
            **row._asdict(),
            "power": Power(row.power),
            "roles": tuple(Role(role) for role in row.roles),
            "labels": tuple(row.labels),
            "kind": None if row.kind is None else Kind(row.kind),
        }
    )
