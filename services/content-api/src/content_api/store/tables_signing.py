# SPDX-License-Identifier: EUPL-1.2
"""Signing keys: the public halves stay for ever, a private half only while it signs."""

from sqlalchemy import CheckConstraint, Column, DateTime, Index, LargeBinary, Table, Text, func

from content_api.store.tables import metadata

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("kid", Text, primary_key=True),
    Column("public", LargeBinary, nullable=False),
    Column("private", LargeBinary),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.clock_timestamp(),
    ),
    Column("replaced_at", DateTime(timezone=True)),
    Column("retired_at", DateTime(timezone=True)),
    CheckConstraint("(private IS NULL) = (replaced_at IS NOT NULL)", name="private_while_signing"),
    CheckConstraint("retired_at IS NULL OR replaced_at IS NOT NULL", name="retired_after_replaced"),
)
#: One key signs at a time.
Index(
    "ix_signing_keys_current",
    signing_keys.c.replaced_at.is_(None),
    unique=True,
    postgresql_where=signing_keys.c.replaced_at.is_(None),
)
