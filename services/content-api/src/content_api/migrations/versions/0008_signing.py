# SPDX-License-Identifier: EUPL-1.2
"""Signing keys, and which of them signed what is public."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = "content_api"


def upgrade() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(private IS NULL) = (replaced_at IS NOT NULL)",
            name=op.f("ck_signing_keys_private_while_signing"),
        ),
        sa.CheckConstraint(
            "retired_at IS NULL OR replaced_at IS NOT NULL",
            name=op.f("ck_signing_keys_retired_after_replaced"),
        ),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_signing_keys")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_signing_keys_current",
        "signing_keys",
        [sa.text("(replaced_at IS NULL)")],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.execute(
        f"CREATE TRIGGER never_deleted BEFORE DELETE ON {SCHEMA}.signing_keys "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_change()"
    )
    op.add_column("published", sa.Column("signed_by", sa.Text(), nullable=True), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("published", "signed_by", schema=SCHEMA)
    op.drop_table("signing_keys", schema=SCHEMA)
