# SPDX-License-Identifier: EUPL-1.2
"""Locales with a life of their own, releases, the embargoed tier."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
