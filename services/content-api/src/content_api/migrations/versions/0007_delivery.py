# SPDX-License-Identifier: EUPL-1.2
"""Lists by every filter at the same cost, and shared previews."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHEMA = "content_api"
#: Every value by which a document can be listed.
FACETS = """
SELECT 'kind:' || p.kind AS facet
UNION SELECT 'topic:' || value FROM unnest(p.topics) value
UNION SELECT 'place:' || value FROM unnest(p.places) value
UNION SELECT 'mission:' || value FROM unnest(p.missions) value
UNION SELECT 'office:' || value FROM unnest(p.offices) value
"""
INSERT = """
INSERT INTO content_api.facets (
    locale, facet, first_published_at, published_at, article_id
)
SELECT p.locale, f.facet, p.first_published_at, p.published_at, p.article_id
FROM {rows} p CROSS JOIN LATERAL ({facets}) f WHERE NOT p.retracted
"""
DELETE = """
DELETE FROM content_api.facets USING gone p CROSS JOIN LATERAL ({facets}) f
WHERE facets.locale = p.locale AND facets.facet = f.facet
    AND facets.first_published_at = p.first_published_at AND facets.article_id = p.article_id
"""
#: The planner must not think of the table as small because it was so at first.
FUNCTION = """
CREATE FUNCTION content_api.{name}() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    {body}
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER {name} AFTER {event} ON content_api.published REFERENCING {tables}
FOR EACH STATEMENT EXECUTE FUNCTION content_api.{name}()
"""
NEW, OLD = "NEW TABLE AS fresh", "OLD TABLE AS gone"
ADD = INSERT.format(rows="fresh", facets=FACETS) + ";"
DROP = DELETE.format(facets=FACETS) + ";"
TRIGGERS = (
    ("add_facets", "INSERT", NEW, ADD),
    ("drop_facets", "DELETE", OLD, DROP),
    ("change_facets", "UPDATE", f"{OLD} {NEW}", DROP + ADD),
)


def upgrade() -> None:
    op.add_column(
        "published",
        sa.Column("audience", sa.Text(), server_default="public", nullable=False),
        schema=SCHEMA,
    )
    op.add_column(
        "published",
        sa.Column("offices", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        schema=SCHEMA,
    )
    op.execute(
        "UPDATE content_api.published p SET"
        " audience = w.document ->> 'audience', offices = ARRAY("
        "SELECT DISTINCT value FROM jsonb_each_text("
        "CASE WHEN jsonb_typeof(w.document -> 'speaker') = 'object'"
        " THEN w.document -> 'speaker' -> 'office' ELSE '{}' END) ORDER BY value)"
        " FROM (SELECT article_id, convert_from(body, 'UTF8')::jsonb AS document"
        " FROM content_api.published WHERE locale = '') w WHERE w.article_id = p.article_id"
    )
    op.create_index(
        "ix_published_updated",
        "published",
        ["locale", sa.literal_column("published_at DESC"), sa.literal_column("article_id DESC")],
        schema=SCHEMA,
        postgresql_where=sa.text("NOT retracted"),
    )
    _make_facets()
    _make_previews()


def downgrade() -> None:
    for name, *_ in TRIGGERS:
        op.execute(f"DROP FUNCTION content_api.{name}() CASCADE")
    op.drop_table("previews", schema=SCHEMA)
    op.drop_table("facets", schema=SCHEMA)
    op.drop_index("ix_published_updated", "published", schema=SCHEMA)
    op.drop_column("published", "offices", schema=SCHEMA)
    op.drop_column("published", "audience", schema=SCHEMA)


def _make_facets() -> None:
    op.create_table(
        "facets",
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint(
            "locale", "facet", "first_published_at", "article_id", name=op.f("pk_facets")
        ),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_facets_updated",
        "facets",
        ["locale", "facet", "published_at", "article_id"],
        schema=SCHEMA,
    )
    op.execute(INSERT.format(rows="content_api.published", facets=FACETS))
    for name, event, tables, body in TRIGGERS:
        op.execute(FUNCTION.format(name=name, body=body))
        op.execute(TRIGGER.format(name=name, event=event, tables=tables))


def _make_previews() -> None:
    op.create_table(
        "previews",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["content_api.articles.id"],
            name=op.f("fk_previews_article_id_articles"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_previews")),
        sa.UniqueConstraint("hash", name=op.f("uq_previews_hash")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_previews_article_id"), "previews", ["article_id"], unique=False, schema=SCHEMA
    )
