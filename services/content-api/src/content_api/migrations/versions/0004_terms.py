# SPDX-License-Identifier: EUPL-1.2
"""The glossary, its changes, and waivers of findings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "content_api"
GROWING = ("term_changes", "term_waivers")


def upgrade() -> None:
    op.create_table(
        "glossary",
        sa.Column("only", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint('"only"', name=op.f("ck_glossary_only")),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_glossary")),
        schema=SCHEMA,
    )
    op.execute("INSERT INTO content_api.glossary (version) VALUES (0)")
    op.create_table(
        "terms",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("locales", postgresql.JSONB(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        schema=SCHEMA,
    )
    _make_history()
    for table in GROWING:
        op.execute(
            f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {SCHEMA}.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_change()"
        )


def _make_history() -> None:
    op.create_table(
        "term_changes",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("term_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("concept", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"], ["content_api.terms.id"], name=op.f("fk_term_changes_term_id_terms")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_term_changes")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_term_changes_term_id"), "term_changes", ["term_id"], unique=False, schema=SCHEMA
    )
    op.create_table(
        "term_waivers",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waived_by", sa.Text(), nullable=False),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["content_api.articles.id"],
            name=op.f("fk_term_waivers_article_id_articles"),
        ),
        sa.PrimaryKeyConstraint("article_id", "fingerprint", name=op.f("pk_term_waivers")),
        schema=SCHEMA,
    )


def downgrade() -> None:
    for table in ("term_waivers", "term_changes", "terms", "glossary"):
        op.drop_table(table, schema=SCHEMA)
