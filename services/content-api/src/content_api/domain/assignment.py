# SPDX-License-Identifier: EUPL-1.2
"""Who works on what, in which role, until when."""

from dataclasses import dataclass
from datetime import datetime

from communique.errors import NotFound
from content_api.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Assignment:
    """One piece of work for one person; open until it is done or cancelled."""

    id: str
    article: str
    assignee: str
    role: Role
    assigned_by: str
    assigned_at: datetime
    locale: str | None = None
    due_at: datetime | None = None
    note: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    done: bool = False


class NoSuchAssignment(NotFound):
    """The article has no such assignment."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such assignment.")
