# SPDX-License-Identifier: EUPL-1.2
"""Articles, versions, the public store, deliveries, the audit, the outbox and keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateSequence

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "content_api"
GROWING = ("drafts", "versions", "delivery_events", "audit")

REFUSE_CHANGE = """
CREATE FUNCTION content_api.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% only grows', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""

CHECK_ANNOUNCED = """
CREATE FUNCTION content_api.check_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM content_api.outbox
        WHERE event_id = NEW.event_id AND key = NEW.article_id::text
    ) THEN
        RAISE EXCEPTION 'version % of % is not announced in the outbox',
            NEW.version, NEW.article_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$
"""

#: Checked at commit: a version without its announcement cannot be committed.
ANNOUNCED = """
CREATE CONSTRAINT TRIGGER announced AFTER INSERT ON content_api.versions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION content_api.check_announced()
"""


def upgrade() -> None:
    _make_tables()
    op.execute(CreateSequence(sa.Sequence("published_position", schema=SCHEMA)))
    op.execute(REFUSE_CHANGE)
    for table in GROWING:
        op.execute(
            f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {SCHEMA}.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_change()"
        )
    op.execute(CHECK_ANNOUNCED)
    op.execute(ANNOUNCED)


def _make_tables() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_keys_hash")),
        schema=SCHEMA,
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("draft_number", sa.Integer(), nullable=False),
        sa.Column("approved_draft", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_draft", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheduled_by", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'scheduled' OR embargo_until IS NOT NULL", name=op.f("ck_articles_scheduled")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'scheduled', 'live', 'retracted')",
            name=op.f("ck_articles_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_articles_due",
        "articles",
        ["embargo_until"],
        unique=False,
        schema=SCHEMA,
        postgresql_where=sa.text("state = 'scheduled'"),
    )
    op.create_table(
        "audit",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_audit_article_id"), "audit", ["article_id"], unique=False, schema=SCHEMA
    )
    op.create_table(
        "delivery_events",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_delivery_events")),
        sa.UniqueConstraint("event_id", name=op.f("uq_delivery_events_event_id")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_delivery_events_article_id"),
        "delivery_events",
        ["article_id"],
        unique=False,
        schema=SCHEMA,
    )
    op.create_table(
        "delivery_rows",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "channel", "locale", name=op.f("pk_delivery_rows")),
        schema=SCHEMA,
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_outbox_event_id")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["position"],
        unique=False,
        schema=SCHEMA,
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "drafts",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["content_api.articles.id"], name=op.f("fk_drafts_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_drafts")),
        schema=SCHEMA,
    )
    op.create_table(
        "published",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topics", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("places", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("missions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["content_api.articles.id"],
            name=op.f("fk_published_article_id_articles"),
        ),
        sa.PrimaryKeyConstraint("article_id", "locale", name=op.f("pk_published")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_published_missions",
        "published",
        ["missions"],
        unique=False,
        schema=SCHEMA,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_published_newest",
        "published",
        [
            "locale",
            sa.literal_column("first_published_at DESC"),
            sa.literal_column("article_id DESC"),
        ],
        unique=False,
        schema=SCHEMA,
        postgresql_where=sa.text("NOT retracted"),
    )
    op.create_index(
        "ix_published_places",
        "published",
        ["places"],
        unique=False,
        schema=SCHEMA,
        postgresql_using="gin",
    )
    op.create_index("ix_published_position", "published", ["position"], unique=False, schema=SCHEMA)
    op.create_index(
        "ix_published_topics",
        "published",
        ["topics"],
        unique=False,
        schema=SCHEMA,
        postgresql_using="gin",
    )
    op.create_table(
        "slugs",
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["content_api.articles.id"], name=op.f("fk_slugs_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("locale", "slug", name=op.f("pk_slugs")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_slugs_article_id"), "slugs", ["article_id"], unique=False, schema=SCHEMA
    )
    op.create_table(
        "versions",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["content_api.articles.id"],
            name=op.f("fk_versions_article_id_articles"),
        ),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_versions")),
        schema=SCHEMA,
    )
