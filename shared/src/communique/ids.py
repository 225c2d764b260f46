# SPDX-License-Identifier: EUPL-1.2
"""Sortable identifiers: UUID version 7 (RFC 9562)."""

from uuid import UUID

import uuid_utils


def new_id() -> str:
    """Return a new UUIDv7 in its canonical text form."""
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Tell whether the text is a UUID in canonical form."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
