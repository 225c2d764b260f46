# SPDX-License-Identifier: EUPL-1.2
"""Signing keys in memory, held to the same contract as those on PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from content_api.domain.signature import (
    KeyInUse,
    NoSuchSigningKey,
    PublicKey,
    SigningKey,
    new_key,
    read,
)

if TYPE_CHECKING:
    from content_api.testing.memory_tables import Database


class MemorySigningKeys:
    """The keys of a memory store; the first is made with it."""

    def __init__(self, database: "Database") -> None:
        """Take the store."""
        self._database = database
        self._keys: dict[str, PublicKey] = {}
        self._current: SigningKey
        self.rotate()

    def current(self) -> SigningKey:
        """Return the key that signs now."""
        return self._current

    def all(self) -> Sequence[PublicKey]:
        """Return every key there ever was, newest first."""
        return list(reversed(self._keys.values()))

    def find(self, kid: str) -> PublicKey | None:
        """Return a key by its name."""
        return self._keys.get(kid)

    def rotate(self) -> PublicKey:
        """Let a new key sign from now on."""
        moment = self._database.moment
        for kid, known in self._keys.items():
            if known.replaced_at is None:
                self._keys[kid] = replace(known, replaced_at=moment)
        self._current = new_key()
        public = self._current.private.public_key().public_bytes_raw()
        made = PublicKey(self._current.kid, public, moment)
        self._keys[made.kid] = made
        return made

    def retire(self, kid: str) -> None:
        """Publish a key no longer; or raise NoSuchSigningKey, KeyInUse."""
        known = self._keys.get(kid)
        if known is None:
            raise NoSuchSigningKey(kid)
        if known.replaced_at is None:
            raise KeyInUse("It is the key that signs now; rotate first.")
        rows = self._database.tables.published.values()
        documents = sum(read(_signature(stored.body)).kid == kid for stored, _ in rows)
        if documents:
            raise KeyInUse(f"{documents} public documents are signed with it.")
        self._keys[kid] = replace(known, retired_at=known.retired_at or self._database.moment)


def _signature(body: bytes) -> object:
    document: Mapping[str, Any] = orjson.loads(body)
    return document["signature"]
