# SPDX-License-Identifier: EUPL-1.2
"""Locales with a life of their own, releases, the embargoed tier."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "content_api"

#: Whatever is public already goes on under its own life; hashes stand in the documents.
FILL_LOCALES = """
INSERT INTO content_api.locales
    (article_id, locale, content_hash, version, text_version, source_version, revision,
     first_published_at, published_at, withdrawn_at, notice)
SELECT article_id, locale,
    CASE WHEN NOT retracted THEN text->>'content_hash' END, version, version,
    (text->>'source_version')::integer, document->>'revision', first_published_at, published_at,
    CASE WHEN retracted THEN published_at END,
    CASE WHEN retracted THEN text->>'correction_note' END
FROM (
    SELECT p.*, d.document, d.document->'locales'->p.locale AS text
    FROM content_api.published p
    CROSS JOIN LATERAL (SELECT convert_from(p.body, 'UTF8')::jsonb AS document) d
    WHERE p.locale <> ''
) shown
"""


def upgrade() -> None:
    _make_locales()
    _make_releases()
    _make_embargoed()
    op.execute(FILL_LOCALES)


def downgrade() -> None:
    for table in ("embargoed", "release_items", "releases", "locales"):
        op.drop_table(table, schema=SCHEMA)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _article(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["article_id"],
        ["content_api.articles.id"],
        name=op.f(f"fk_{table}_article_id_articles"),
    )


def _make_locales() -> None:
    op.create_table(
        "locales",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("submitted_hash", sa.Text(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        _moment("submitted_at", nullable=True),
        sa.Column("approved_hash", sa.Text(), nullable=True),
        sa.Column("approved_draft", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        _moment("approved_at", nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Text(), nullable=False),
        _moment("first_published_at", nullable=True),
        _moment("published_at", nullable=True),
        _moment("withdrawn_at", nullable=True),
        sa.Column("notice", sa.Text(), nullable=True),
        _moment("publish_at", nullable=True),
        sa.Column("scheduled_by", sa.Text(), nullable=True),
        _article("locales"),
        sa.PrimaryKeyConstraint("article_id", "locale", name=op.f("pk_locales")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_locales_due",
        "locales",
        ["publish_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("publish_at IS NOT NULL"),
    )


def _make_releases() -> None:
    op.create_table(
        "releases",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("publish_at", nullable=True),
        sa.Column("scheduled_by", sa.Text(), nullable=True),
        _moment("published_at", nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.CheckConstraint(
            "mode = 'atomic' OR reason IS NOT NULL", name=op.f("ck_releases_partial")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'scheduled', 'overdue', 'published', 'cancelled')",
            name=op.f("ck_releases_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_releases_due",
        "releases",
        ["publish_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("state IN ('scheduled', 'overdue')"),
    )
    op.create_table(
        "release_items",
        sa.Column("release_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["content_api.releases.id"],
            name=op.f("fk_release_items_release_id_releases"),
            ondelete="CASCADE",
        ),
        _article("release_items"),
        sa.PrimaryKeyConstraint("release_id", "number", name=op.f("pk_release_items")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_release_items_article_id"), "release_items", ["article_id"], schema=SCHEMA
    )


def _make_embargoed() -> None:
    op.create_table(
        "embargoed",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'lifted', 'cancelled')", name=op.f("ck_embargoed_state")
        ),
        _article("embargoed"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_embargoed")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_embargoed_held",
        "embargoed",
        [sa.literal_column("article_id DESC")],
        schema=SCHEMA,
        postgresql_where=sa.text("state = 'held'"),
    )
