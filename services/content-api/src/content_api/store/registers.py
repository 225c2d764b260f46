# SPDX-License-Identifier: EUPL-1.2
"""Load and save the registers, and remember every change of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, Text, delete, func, literal, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, insert

from content_api.domain.registers import Kept, Register, code_of, from_json, to_json
from content_api.store import tables
from content_api.store.tables_registers import register_changes, register_entries

_USED: Final = {
    Register.TOPICS: tables.published.c.topics,
    Register.MISSIONS: tables.published.c.missions,
}


class StoredRegisters:
    """What articles refer to."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def lock(self, register: Register) -> None:
        """Keep every other change of the register waiting."""
        key = func.hashtextextended(f"content_api.registers.{register.value}", 0)
        self._connection.execute(select(func.pg_advisory_xact_lock(key)))

    def list(self, register: Register) -> Sequence[Kept]:
        """Return the entries by code."""
        table = register_entries
        rows = self._connection.execute(
            select(table).where(table.c.register == register.value).order_by(table.c.code)
        )
        return [_kept(row) for row in rows]

    def find(self, register: Register, code: str) -> Kept | None:
        """Return one entry, or None."""
        table = register_entries
        row = self._connection.execute(
            select(table).where(table.c.register == register.value, table.c.code == code)
        ).one_or_none()
        return None if row is None else _kept(row)

    def known(self, register: Register, codes: Sequence[str]) -> frozenset[str] | None:
        """Return which of the codes there are; None when the register is empty."""
        table = register_entries
        mine = table.c.register == register.value
        found = self._connection.execute(
            select(table.c.code).where(mine, table.c.code.in_(codes))
        ).scalars()
        known = frozenset(found)
        if known:
            return known
        filled = self._connection.execute(select(table.c.code).where(mine).limit(1)).first()
        return frozenset() if filled else None

    def put(self, register: Register, kept: Kept) -> None:
        """Write an entry and remember the change."""
        table = register_entries
        code, entry = code_of(kept.entry), _json(to_json(kept.entry))
        state = {
            "entry": entry,
            "revision": kept.revision,
            "updated_at": kept.updated_at,
            "updated_by": kept.updated_by,
        }
        self._connection.execute(
            insert(table)
            .values(register=register.value, code=code, **state)
            .on_conflict_do_update(index_elements=[table.c.register, table.c.code], set_=state)
        )
        self._remember(register, code, entry, kept.updated_at, kept.updated_by)

    def remove(self, register: Register, code: str, caller: str, moment: datetime) -> None:
        """Take an entry out and remember that."""
        table = register_entries
        self._connection.execute(
            delete(table).where(table.c.register == register.value, table.c.code == code)
        )
        self._remember(register, code, None, moment, caller)

    def user(self, register: Register, code: str) -> str | None:
        """Name one entry or live article that refers to the code; None when there is none."""
        return self._entry_that_uses(register, code) or self._article_that_uses(register, code)

    def _entry_that_uses(self, register: Register, code: str) -> str | None:
        table = register_entries
        query = select(table.c.code).limit(1)
        if register is Register.TOPICS:
            query = query.where(table.c.entry["broader"].astext == code)
        elif register is Register.MISSIONS:
            query = query.where(
                table.c.register == Register.PEOPLE.value,
                table.c.entry["offices"].contains([{"mission": code}]),
            )
        else:
            return None
        return self._connection.execute(query).scalar_one_or_none()

    def _article_that_uses(self, register: Register, code: str) -> str | None:
        column = _USED.get(register)
        if column is None:
            return None
        found = self._connection.execute(
            select(tables.published.c.article_id)
            .where(type_coerce(column, ARRAY(Text)).contains([code]))
            .limit(1)
        ).scalar_one_or_none()
        return None if found is None else str(found)

    def _remember(
        self, register: Register, code: str, entry: Any, moment: datetime, caller: str
    ) -> None:
        self._connection.execute(
            insert(register_changes).values(
                register=register.value, code=code, entry=entry, at=moment, caller=caller
            )
        )
        told = select(func.pg_notify(tables.PUBLISHED_CHANNEL, literal("")))
        self._connection.execute(told)


def _json(entry: dict[str, Any]) -> Any:
    return orjson.loads(orjson.dumps(entry))


def _kept(row: Row[Any]) -> Kept:
    entry = from_json(Register(row.register), row.entry)
    return Kept(entry, row.revision, row.updated_at, row.updated_by)
