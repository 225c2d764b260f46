# SPDX-License-Identifier: EUPL-1.2
"""The glossary, findings and waivers."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
