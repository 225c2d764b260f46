# SPDX-License-Identifier: EUPL-1.2
"""API keys: 256 random bits, stored as SHA-256, with scopes and an end.

A fast hash is right here: the secret has 256 bits of entropy, so there is nothing to guess
(argon2 would cost 100 ms a request).
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    ARRAY,
    Column,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    update,
)

from communique.errors import NotFound
from communique.ids import is_id, new_id

PREFIX: Final = "ck_"
_SHOWN: Final = len(PREFIX) + 8


@dataclass(frozen=True, slots=True)
class Key:
    """A key as we know it: never its secret."""

    id: str
    label: str
    shown: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def keys_table(metadata: MetaData) -> Table:
    """Declare the table in a service's schema."""
    return Table(
        "api_keys",
        metadata,
        Column("id", Uuid(as_uuid=False), primary_key=True),
        Column("hash", LargeBinary, nullable=False, unique=True),
        Column("shown", Text, nullable=False),
        Column("label", Text, nullable=False),
        Column("scopes", ARRAY(Text), nullable=False),
        Column(
            "created_at",
            DateTime(timezone=True),
            nullable=False,
            server_default=func.clock_timestamp(),
        ),
        Column("expires_at", DateTime(timezone=True)),
        Column("revoked_at", DateTime(timezone=True)),
    )


def new_secret() -> str:
    """Make a secret that nobody can guess."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).digest()


class Keys:
    """The keys of one service."""

    def __init__(self, engine: Engine, table: Table) -> None:
        """Take the database and the service's table."""
        self._engine = engine
        self._table = table

    def create(
        self,
        label: str,
        scopes: Sequence[str],
        *,
        secret: str,
        valid: timedelta | None = None,
    ) -> Key:
        """Store a key; the same secret again only brings its label, scopes and end up to date.

        A revoked key stays revoked.
        """
        table = self._table
        expires = func.clock_timestamp() + valid if valid else None
        with self._engine.begin() as connection:
            known = connection.execute(
                update(table)
                .where(table.c.hash == digest(secret))
                .values(label=label, scopes=list(scopes), expires_at=expires)
                .returning(*table.c)
            ).one_or_none()
            if known is not None:
                return _key(known)
            made = connection.execute(
                insert(table)
                .values(
                    id=new_id(),
                    hash=digest(secret),
                    shown=secret[:_SHOWN],
                    label=label,
                    scopes=list(scopes),
                    expires_at=expires,
                )
                .returning(*table.c)
            ).one()
            return _key(made)

    def list(self) -> tuple[Key, ...]:
        """Return all keys, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(self._table).order_by(self._table.c.id.desc()))
            return tuple(_key(row) for row in rows)

    def revoke(self, key_id: str) -> None:
        """End a key now.

        Raises:
            NotFound: there is no such key.
        """
        if not is_id(key_id):
            raise NotFound(f"{key_id} is not the id of a key.")
        table = self._table
        with self._engine.begin() as connection:
            done = connection.execute(
                update(table)
                .where(table.c.id == key_id)
                .values(revoked_at=func.coalesce(table.c.revoked_at, func.clock_timestamp()))
            )
        if done.rowcount == 0:
            raise NotFound(f"There is no key {key_id}.")

    def find(self, secret: str) -> Key | None:
        """Return the key of a secret if it is valid now, by the database's clock."""
        table = self._table
        with self._engine.connect() as connection:
            row = connection.execute(
                select(table).where(
                    table.c.hash == digest(secret),
                    table.c.revoked_at.is_(None),
                    func.coalesce(table.c.expires_at > func.clock_timestamp(), True),
                )
            ).one_or_none()
        return None if row is None else _key(row)


def _key(row: Row[tuple[object, ...]]) -> Key:
    return Key(
        id=row.id,
        label=row.label,
        shown=row.shown,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
