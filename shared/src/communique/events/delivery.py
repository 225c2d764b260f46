# SPDX-License-Identifier: EUPL-1.2
"""What became of one article on one channel: the value on `communique.deliveries`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """The states of a delivery row."""

    HELD = "held"
    DUE = "due"
    SENDING = "sending"
    DELIVERED = "delivered"
    RETRYING = "retrying"
    UNKNOWN = "unknown"
    FAILED = "failed"
    WAIVED = "waived"


class Action(StrEnum):
    """What is done at the destination to make it equal to what should be there."""

    CREATE = "create"
    EDIT = "edit"
    REPLY = "reply"
    NOTICE = "notice"
    DELETE = "delete"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The state of one delivery at one moment.

    `wanted_version` should be there, `version` is there (None: nothing is). The row is closed when
    both are equal or somebody waived it.
    """

    delivery: str
    channel: str
    article: str
    locale: str
    served_locale: str
    wanted_version: int
    version: int | None
    action: Action
    state: DeliveryState
    at: datetime
    attempts: int = 0
    external_id: str | None = None
    url: str | None = None
    reason: str | None = None

    @property
    def closed(self) -> bool:
        """Tell whether nothing remains to be done."""
        if self.state is DeliveryState.WAIVED:
            return True
        return self.state is DeliveryState.DELIVERED and self.version == self.wanted_version
