# SPDX-License-Identifier: EUPL-1.2
"""What was live before there was a log can be followed and found afterwards."""

import orjson
import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from communique.ids import new_id
from content_api import bootstrap
from content_api.domain.entitlements import EVERYBODY
from content_api.domain.sync_cursor import beginning
from content_api.ports import Filter
from content_api.store.changes import PostgresLog
from content_api.store.reader import Reader

ARTICLE = (
    "INSERT INTO content_api.articles (id, state, draft_number, version, created_by, created_at,"
    " updated_at) VALUES (%s, 'live', 1, 1, 'author', now(), now())"
)
PUBLISHED = (
    "INSERT INTO content_api.published (article_id, locale, version, body, etag, retracted, kind,"
    " topics, places, missions, urgency, first_published_at, published_at, position)"
    " VALUES (%s, %s, 1, %s, '\"e\"', %s, 'news', '{}', '{}', '{}', 5, now(), now(), 1)"
)


def upgrade(url, revision):
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS content_api")
        config = Config()
        config.set_main_option("script_location", bootstrap._MIGRATIONS)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def test_what_was_live_is_followed_and_found(postgres_url):
    upgrade(postgres_url, "0005")
    live, gone = new_id(), new_id()
    texts = {"vi": {"title": "Tuần lễ", "body": []}}
    body = orjson.dumps({"audience": "public", "locales": texts})
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for article, retracted in ((live, False), (gone, True)):
            connection.execute(ARTICLE, [article])
            for locale in ("", "vi"):
                connection.execute(PUBLISHED, [article, locale, body, retracted])
        upgrade(postgres_url, "head")
        found = connection.execute(
            "SELECT article_id::text, locale FROM content_api.search"
            " WHERE folded @@ phraseto_tsquery('content_api.folded_simple', 'tuan le')"
        ).fetchall()
    assert found == [(live, "vi")]
    reader = Reader(postgres_url)
    reader.open()
    page = PostgresLog(reader).page(Filter(locale="vi"), beginning(EVERYBODY), 10)
    reader.close()
    assert [(each.article, each.reason) for each in page.items] == [(live, None)]
