# SPDX-License-Identifier: EUPL-1.2
"""A draft shared by token: whoever has the token sees that draft and nothing else, for a while."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

PREFIX: Final = "pv_"
LONGEST: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a token shows; no `draft`: always the latest; no `locale`: every language."""

    id: str
    article: str
    draft: int | None
    locale: str | None
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def valid(self, moment: datetime) -> bool:
        """Tell whether the token shows anything at that moment."""
        return self.revoked_at is None and moment < self.expires_at


def digest(token: str) -> bytes:
    """Return what is kept of a token: it has 256 random bits, so a fast hash is right."""
    return hashlib.sha256(token.encode()).digest()
