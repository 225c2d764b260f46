# SPDX-License-Identifier: EUPL-1.2
"""Every call that reached a platform, answered or not."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from communique.clock import rfc3339
from local_stack.platforms.store import Store, moment

SECRET = frozenset({"access_token"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call; without a status it was left unanswered."""

    platform: str
    operation: str
    method: str
    path: str
    body: Mapping[str, Any]
    status: int | None
    fault: str | None


class Journal:
    """All calls, oldest first; secrets are left out."""

    def __init__(self, store: Store) -> None:
        """Keep them in that store."""
        self._store = store

    def record(self, call: Call, at: datetime) -> None:
        """Note a call."""
        shown = {name: value for name, value in call.body.items() if name not in SECRET}
        row = {**asdict(call), "body": json.dumps(shown, ensure_ascii=False), "at": at.timestamp()}
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT INTO requests (platform, operation, method, path, body, status, fault, at)"
                " VALUES (:platform, :operation, :method, :path, :body, :status, :fault, :at)",
                row,
            )

    def all(self) -> list[dict[str, Any]]:
        """Return every call that was noted."""
        with self._store.transaction() as connection:
            rows = connection.execute("SELECT * FROM requests ORDER BY number").fetchall()
        return [
            {**row, "body": json.loads(row["body"]), "at": rfc3339(moment(row["at"]))}
            for row in map(dict, rows)
        ]
