# SPDX-License-Identifier: EUPL-1.2
"""Segments and translation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "content_api"


def upgrade() -> None:
    op.create_table(
        "translations",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("source_draft", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("links", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('saved', 'confirmed', 'imported', 'machine')",
            name=op.f("ck_translations_origin"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            [f"{SCHEMA}.articles.id"],
            name=op.f("fk_translations_article_id_articles"),
        ),
        sa.PrimaryKeyConstraint("article_id", "locale", "number", name=op.f("pk_translations")),
        schema=SCHEMA,
    )
    op.execute(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {SCHEMA}.translations "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("translations", schema=SCHEMA)
