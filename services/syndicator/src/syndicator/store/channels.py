# SPDX-License-Identifier: EUPL-1.2
"""Load and save channels."""

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from syndicator.domain.channel import Channel, ChannelState
from syndicator.domain.channel_spec import from_spec, to_spec
from syndicator.ports import Applied, ChannelRecord
from syndicator.store.tables import channels as table
from syndicator.store.vault import Vault


class SqlChannels:
    """The channels, in one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        """Take the transaction, and what opens credentials."""
        self._connection = connection
        self._vault = vault

    def all(self) -> list[ChannelRecord]:
        """Return every channel, by name."""
        rows = self._connection.execute(select(table).order_by(table.c.name))
        return [_record(row) for row in rows]

    def get(self, name: str, *, lock: bool = False) -> ChannelRecord | None:
        """Return one channel."""
        query = select(table).where(table.c.name == name)
        if lock:
            query = query.with_for_update(key_share=True)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _record(row)

    def put(self, channel: Channel, secret: str | None) -> Applied:
        """Write a channel; a secret of None keeps the one it has."""
        spec = to_spec(channel)
        values: dict[str, Any] = {
            "spec": spec,
            "per_minute": channel.rate_limit.per_minute if channel.rate_limit else None,
        }
        known = self.get(channel.name, lock=True)
        if known is None:
            kept = None if secret is None else self._vault.close(secret)
            self._connection.execute(
                insert(table).values(name=channel.name, credential=kept, **values)
            )
            self._notify(channel.name)
            return Applied.CREATED
        same_secret = secret is None or secret == self.secret(channel.name)
        if to_spec(known.channel) == spec and same_secret:
            return Applied.UNCHANGED
        if secret is not None:
            values["credential"] = self._vault.close(secret)
        self._change(channel.name, **values)
        return Applied.CHANGED

    def set_state(self, name: str, state: ChannelState) -> None:
        """Let its lane move, or stop it."""
        self._change(name, state=state.value)
        self._connection.execute(select(func.pg_notify("syndicator_due", name)))

    def secret(self, name: str) -> str | None:
        """Return the credential in clear."""
        kept = self._connection.execute(
            select(table.c.credential).where(table.c.name == name)
        ).scalar_one_or_none()
        return None if kept is None else self._vault.open(kept)

    def _change(self, name: str, **values: object) -> None:
        self._connection.execute(
            update(table)
            .where(table.c.name == name)
            .values(revision=table.c.revision + 1, updated_at=func.clock_timestamp(), **values)
        )
        self._notify(name)

    def _notify(self, name: str) -> None:
        self._connection.execute(select(func.pg_notify("syndicator_feeds", name)))


def _record(row: Row[tuple[object, ...]]) -> ChannelRecord:
    return ChannelRecord(from_spec(row.spec), ChannelState(row.state), row.revision, row.updated_at)
