# SPDX-License-Identifier: EUPL-1.2
"""Search and the delivery log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from content_api.store.search_index import index_all

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "content_api"
#: What PostgreSQL can stem; `simple` stands for every other language.
LANGUAGES = (
    "arabic",
    "dutch",
    "english",
    "french",
    "german",
    "hindi",
    "indonesian",
    "italian",
    "portuguese",
    "russian",
    "simple",
    "spanish",
    "turkish",
)

FILL_LOG = """
INSERT INTO content_api.log
    (position, article_id, locale, version, live, reason, audience, kind, topics, places, missions,
     etag, was_live)
SELECT nextval('content_api.published_position'), article_id, locale, version, NOT retracted,
    CASE WHEN retracted THEN 'retracted' END, 'public', kind, topics, places, missions, etag, false
FROM (SELECT * FROM content_api.published ORDER BY position, locale) p
"""


def upgrade() -> None:
    _make_log()
    _make_search()


def downgrade() -> None:
    op.drop_table("log", schema=SCHEMA)
    op.drop_table("search", schema=SCHEMA)
    for language in LANGUAGES:
        op.execute(f"DROP TEXT SEARCH CONFIGURATION {SCHEMA}.folded_{language}")


def _make_log() -> None:
    op.create_table(
        "log",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topics", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("places", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("missions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("was_live", sa.Boolean(), nullable=False),
        sa.Column("was_audience", sa.Text(), nullable=True),
        sa.Column("was_kind", sa.Text(), nullable=True),
        sa.Column("was_topics", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("was_places", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("was_missions", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("live = (reason IS NULL)", name=op.f("ck_log_reason")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_log")),
        schema=SCHEMA,
    )
    op.create_index("ix_log_follow", "log", ["locale", "position"], schema=SCHEMA)
    op.create_index("ix_log_document", "log", ["article_id", "locale", "position"], schema=SCHEMA)
    op.execute(FILL_LOG)
    op.execute(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {SCHEMA}.log "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_change()"
    )


def _make_search() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    where = op.get_bind().scalar(
        sa.text(
            "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
            " WHERE e.extname = 'unaccent'"
        )
    )
    for language in LANGUAGES:
        stem = "simple" if language == "simple" else f"{language}_stem"
        folded = f"{SCHEMA}.folded_{language}"
        op.execute(f"CREATE TEXT SEARCH CONFIGURATION {folded} (COPY = pg_catalog.{language})")
        op.execute(
            f"ALTER TEXT SEARCH CONFIGURATION {folded} ALTER MAPPING FOR word, hword, hword_part "
            f'WITH "{where}".unaccent, pg_catalog.{stem}'
        )
    op.create_table(
        "search",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("folded", postgresql.TSVECTOR(), nullable=False),
        sa.Column("exact", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "locale", name=op.f("pk_search")),
        schema=SCHEMA,
    )
    op.create_index("ix_search_folded", "search", ["folded"], schema=SCHEMA, postgresql_using="gin")
    index_all(op.get_bind())
