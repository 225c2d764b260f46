# SPDX-License-Identifier: EUPL-1.2
"""Channels, articles, assets, renderings, deliveries, entries, the outbox and keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "syndicator"
NOW = sa.text("clock_timestamp()")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_channels()
    _make_articles()
    _make_assets()
    _make_rendered()
    _make_deliveries()
    _make_entries()
    _make_sequences()
    _make_audit()
    _make_outbox()
    _make_api_keys()


def _make_channels() -> None:
    op.create_table(
        "channels",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("spec", postgresql.JSONB, nullable=False),
        sa.Column("credential", sa.LargeBinary),
        sa.Column("state", sa.Text, server_default="active", nullable=False),
        sa.Column("revision", sa.Integer, server_default="1", nullable=False),
        sa.Column("per_minute", sa.Integer),
        sa.Column("slot_at", MOMENT),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_channels"),
        schema=SCHEMA,
    )


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("assets", sa.ARRAY(sa.Uuid), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_articles_assets", "articles", ["assets"], schema=SCHEMA, postgresql_using="gin"
    )
    op.create_index("ix_articles_published_at", "articles", ["published_at"], schema=SCHEMA)


def _make_assets() -> None:
    op.create_table(
        "assets",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assets"),
        schema=SCHEMA,
    )


def _make_rendered() -> None:
    op.create_table(
        "rendered",
        sa.Column("article", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint(
            "article", "version", "locale", "format", "options", name="pk_rendered"
        ),
        schema=SCHEMA,
    )


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("article", sa.Uuid, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("wanted_version", sa.Integer, nullable=False),
        sa.Column("wanted_hash", sa.Text, nullable=False),
        sa.Column("wanted_revision", sa.Text, nullable=False),
        sa.Column("wanted_selected", sa.Boolean, nullable=False),
        sa.Column("served_locale", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("present_version", sa.Integer),
        sa.Column("present_hash", sa.Text),
        sa.Column("present_at", MOMENT),
        sa.Column("external_id", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("replies", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("looks", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", MOMENT),
        sa.Column("deadline_at", MOMENT),
        sa.Column("reason", sa.Text),
        sa.Column("urgency", sa.Integer, nullable=False),
        sa.Column("bulk", sa.Boolean, nullable=False),
        sa.Column("waits_for", sa.Uuid),
        sa.Column("refused", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("key", sa.Uuid),
        sa.Column("intent", postgresql.JSONB),
        sa.Column("sending_until", MOMENT),
        sa.Column("wanted_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel"], [f"{SCHEMA}.channels.name"], name="fk_deliveries_channel_channels"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint(
            "article", "channel", "locale", name="uq_deliveries_article_channel_locale"
        ),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_deliveries_sending",
        "deliveries",
        ["sending_until"],
        schema=SCHEMA,
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["channel", "bulk", "urgency", "next_attempt_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("next_attempt_at IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_waits_for",
        "deliveries",
        ["waits_for"],
        schema=SCHEMA,
        postgresql_where=sa.text("waits_for IS NOT NULL"),
    )


def _make_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("article", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("fragment", sa.LargeBinary, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel"], [f"{SCHEMA}.channels.name"], name="fk_entries_channel_channels"
        ),
        sa.PrimaryKeyConstraint("channel", "locale", "format", "article", name="pk_entries"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_entries_newest", "entries", ["channel", "locale", "format", "updated"], schema=SCHEMA
    )
    op.create_index("ix_entries_sequence", "entries", ["channel", "sequence"], schema=SCHEMA)


def _make_sequences() -> None:
    op.create_table(
        "sequences",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_sequences"),
        schema=SCHEMA,
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", postgresql.JSONB, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit"),
        schema=SCHEMA,
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.PrimaryKeyConstraint("position", name="pk_outbox"),
        sa.UniqueConstraint("event_id", name="uq_outbox_event_id"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["position"],
        schema=SCHEMA,
        postgresql_where=sa.text("sent_at IS NULL"),
    )


def _make_api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("hash", name="uq_api_keys_hash"),
        schema=SCHEMA,
    )
