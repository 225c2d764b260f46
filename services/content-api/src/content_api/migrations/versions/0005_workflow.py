# SPDX-License-Identifier: EUPL-1.2
"""Authority, comments, assignments, locks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "content_api"
TABLES = ("reviews", "assignments", "comments", "locks", "authority_rules")


def upgrade() -> None:
    op.add_column("drafts", sa.Column("change_note", sa.Text()), schema=SCHEMA)
    op.add_column("drafts", sa.Column("restored_from", sa.Integer()), schema=SCHEMA)
    _make_reviews()
    _make_assignments()
    _make_comments()
    _make_locks()
    _make_rules()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
    op.drop_column("drafts", "restored_from", schema=SCHEMA)
    op.drop_column("drafts", "change_note", schema=SCHEMA)


def _article(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            [f"{SCHEMA}.articles.id"],
            name=op.f(f"fk_{table}_article_id_articles"),
        ),
    )


def _id(table: str) -> tuple[sa.Column[str], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        *_article("reviews"),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        _moment("at"),
        sa.Column("words", sa.Text()),
        sa.Column("returned_to", sa.Text()),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_reviews")),
        schema=SCHEMA,
    )
    op.create_index("ix_reviews_article", "reviews", ["article_id", "position"], schema=SCHEMA)
    op.execute(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {SCHEMA}.reviews "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_change()"
    )


def _make_assignments() -> None:
    op.create_table(
        "assignments",
        *_id("assignments"),
        *_article("assignments"),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("assigned_by", sa.Text(), nullable=False),
        _moment("assigned_at"),
        sa.Column("locale", sa.Text()),
        _moment("due_at", nullable=True),
        sa.Column("note", sa.Text()),
        _moment("ended_at", nullable=True),
        sa.Column("ended_by", sa.Text()),
        sa.Column("done", sa.Boolean(), nullable=False),
        schema=SCHEMA,
    )
    op.create_index("ix_assignments_article", "assignments", ["article_id"], schema=SCHEMA)
    op.create_index(
        "ix_assignments_open",
        "assignments",
        ["assignee"],
        schema=SCHEMA,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _make_comments() -> None:
    op.create_table(
        "comments",
        *_id("comments"),
        *_article("comments"),
        sa.Column("author", sa.Text(), nullable=False),
        _moment("at"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("thread", sa.Uuid(as_uuid=False)),
        sa.Column("anchor", postgresql.JSONB()),
        _moment("resolved_at", nullable=True),
        sa.Column("resolved_by", sa.Text()),
        sa.ForeignKeyConstraint(
            ["thread"], [f"{SCHEMA}.comments.id"], name=op.f("fk_comments_thread_comments")
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_comments_article", "comments", ["article_id"], schema=SCHEMA)


def _make_locks() -> None:
    op.create_table(
        "locks",
        *_article("locks"),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        _moment("acquired_at"),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("article_id", "locale", name=op.f("pk_locks")),
        schema=SCHEMA,
    )
    op.create_index("ix_locks_holder", "locks", ["holder"], schema=SCHEMA)


def _make_rules() -> None:
    op.create_table(
        "authority_rules",
        *_id("authority_rules"),
        sa.Column("power", sa.Text(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("labels", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        _moment("created_at"),
        sa.Column("kind", sa.Text()),
        sa.Column("topic", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("ended_by", sa.Text()),
        _moment("ended_at", nullable=True),
        schema=SCHEMA,
    )
