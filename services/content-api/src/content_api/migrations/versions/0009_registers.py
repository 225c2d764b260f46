# SPDX-License-Identifier: EUPL-1.2
"""Topics, places, missions, people, imports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCHEMA = "content_api"


def upgrade() -> None:
    _make_registers()
    op.execute(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {SCHEMA}.register_changes "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_change()"
    )
    _make_imports()


def _make_registers() -> None:
    op.create_table(
        "register_entries",
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("entry", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("register", "code", name=op.f("pk_register_entries")),
        schema=SCHEMA,
    )
    op.create_table(
        "register_changes",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("entry", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_register_changes")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_register_changes_code", "register_changes", ["register", "code"], schema=SCHEMA
    )


def _make_imports() -> None:
    op.create_table(
        "imported",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["content_api.articles.id"],
            name=op.f("fk_imported_article_id_articles"),
        ),
        sa.PrimaryKeyConstraint("source", "item", name=op.f("pk_imported")),
        schema=SCHEMA,
    )
    op.create_index("ix_imported_article_id", "imported", ["article_id"], schema=SCHEMA)
