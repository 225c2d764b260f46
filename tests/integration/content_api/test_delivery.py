# SPDX-License-Identifier: EUPL-1.2
"""Previews, addresses and freshness on a real PostgreSQL."""

import gzip
import threading
import time
from datetime import timedelta

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.schema import CreateSchema
from werkzeug.test import Client

from communique import db
from communique.events.article import Links
from communique.ids import new_id
from communique.web.hot import HotCache
from communique.web.quota import Quota, RateLimit
from content_api.app import create_app
from content_api.bootstrap import _MIGRATIONS as MIGRATIONS
from content_api.store.tables import PUBLISHED_CHANNEL, SCHEDULED_CHANNEL, SCHEMA
from content_api.testing.builders import a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.retract import retract
from content_api.use_cases.share_preview import (
    NoSuchPreview,
    list_previews,
    revoke_preview,
    share_preview,
    show_preview,
)

READER = "ck_" + "r" * 43
BEARER = {"Authorization": f"Bearer {READER}"}


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


@pytest.fixture
def front(service, postgres_url, sql):
    """The service as gunicorn runs it: quota, cache, application."""
    service.keys().create("reader", ["articles:read"], secret=READER)
    guard = service.guard()
    app = create_app(service.deps, service.site, guard, service.ready)
    cache = HotCache(app, guard, horizon=service.horizon)
    stop = threading.Event()
    channels = [PUBLISHED_CHANNEL, SCHEDULED_CHANNEL]
    follower = threading.Thread(target=cache.follow, args=(postgres_url, channels, stop))
    follower.start()
    until(lambda: cache._on)
    yield cache, Client(RateLimit(cache, guard, Quota(1_000)))
    stop.set()
    sql("SELECT pg_notify(%s, '')", [PUBLISHED_CHANNEL])
    follower.join()


def until(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not become so in time"
        time.sleep(0.01)


def age(answer):
    return int(answer.headers["Cache-Control"].rpartition("=")[2])


def test_a_preview_is_found_by_its_token_until_it_is_taken_back(deps):
    article = Desk(deps).create(a_document())
    asked = {"caller": "author", "valid": timedelta(hours=1)}
    preview, token = share_preview(article.id, deps, locale="en", draft=1, **asked)
    other, _ = share_preview(article.id, deps, **asked)
    shown = show_preview(token, deps)
    assert (shown.preview, shown.draft, set(shown.document.locales)) == (preview, 1, {"en"})
    assert list(list_previews(article.id, deps)) == [other, preview]
    revoke_preview(article.id, preview.id, deps, caller="editor")
    ended = list_previews(article.id, deps)[1].revoked_at
    revoke_preview(article.id, preview.id, deps, caller="editor")
    assert list_previews(article.id, deps)[1].revoked_at == ended is not None
    with pytest.raises(NoSuchPreview):
        show_preview(token, deps)
    with pytest.raises(NoSuchPreview):
        revoke_preview(article.id, article.id, deps, caller="editor")


def test_a_preview_ends_by_the_clock_of_the_database(service, sql):
    article = Desk(service.deps).create(a_document())
    _, token = share_preview(article.id, service.deps, caller="author", valid=timedelta(hours=1))
    sql("UPDATE content_api.previews SET expires_at = clock_timestamp() + interval '0.2 s'")
    assert show_preview(token, service.deps).draft == 1
    time.sleep(0.25)
    with pytest.raises(NoSuchPreview):
        show_preview(token, service.deps)


def test_the_token_itself_is_nowhere_in_the_database(service, sql):
    article = Desk(service.deps).create(a_document())
    asked = {"caller": "author", "valid": timedelta(hours=1)}
    _, token = share_preview(article.id, service.deps, **asked)
    for table in ("previews", "audit"):
        rows = sql(f"SELECT * FROM content_api.{table}").fetchall()
        assert token not in repr(rows)


def test_addresses_are_those_of_what_is_live(deps):
    desk = Desk(deps)
    articles = [desk.live(with_slugs(a_document(), str(number))) for number in range(3)]
    gone = desk.live(with_slugs(a_document(), "gone"))
    retract(gone.id, {"vi": "Rút."}, deps, caller="publisher", seen=1)
    assert deps.sitemap.slugs(articles[0].id) == {
        "en": "cultural-week-opens-0",
        "vi": "khai-mac-tuan-le-van-hoa-0",
    }
    assert deps.sitemap.slugs(gone.id) == {}
    months = deps.sitemap.months()
    assert [(each.locale, each.count) for each in months] == [("en", 3), ("vi", 3)]
    month = months[0].month
    assert (month.day, month.hour, month.utcoffset()) == (1, 0, timedelta(0))
    listed = deps.sitemap.month("en", month, 0, 10)
    assert {each.article for each in listed} == {each.id for each in articles}
    assert listed[1:] == list(deps.sitemap.month("en", month, 1, 10))
    assert listed[0].slugs == dict(deps.sitemap.slugs(listed[0].article))
    news = deps.sitemap.news(timedelta(days=2), 5)
    assert len(news) == 5
    assert {each.locale for each in news} == {"en", "vi"}
    assert list(deps.sitemap.news(timedelta(0), 5)) == []


def test_nothing_is_fresh_beyond_the_next_embargo(front, desk, service):
    cache, client = front
    article = desk.live(a_document())
    paths = [f"/v1/articles/{article.id}", "/v1/articles", "/articles/en/cultural-week-opens"]
    until(lambda: all(age(client.get(path, headers=BEARER)) == 5 for path in paths))
    with service.deps.unit_of_work() as unit:
        moment = unit.now() + timedelta(seconds=3)
    waiting = with_slugs(a_document(embargo_until=moment), "waiting")
    desk.publish(desk.approve(desk.create(waiting)))
    until(lambda: cache._change is not None)
    for _ in range(4):
        for path in paths:
            with service.deps.unit_of_work() as unit:
                left = (moment - unit.now()).total_seconds()
            assert age(client.get(path, headers=BEARER)) <= max(0, left)
        time.sleep(0.5)


def test_a_change_of_the_process_clock_moves_nothing(front, desk, service, monkeypatch):
    cache, client = front
    desk.live(a_document())
    shifted = time.time
    monkeypatch.setattr(time, "time", lambda: shifted() + 300)
    with service.deps.unit_of_work() as unit:
        moment = unit.now() + timedelta(seconds=2)
    waiting = with_slugs(a_document(embargo_until=moment), "waiting")
    desk.publish(desk.approve(desk.create(waiting)))
    until(lambda: cache._change is not None)
    assert age(client.get("/v1/articles", headers=BEARER)) <= 2


def test_hot_dependants_are_presented_anew(front, desk, service):
    cache, client = front
    near = desk.live(with_slugs(a_document(), "near"))
    article = desk.live(a_document(links=Links(related=(near.id,))))
    path, query = f"/v1/articles/{article.id}", "expand=related"
    address = f"{path}?{query}"
    until(lambda: client.get(address, headers=BEARER) and (path, query) in cache._kept)
    retract(near.id, {"vi": "Rút."}, service.deps, caller="publisher", seen=1)
    expected = {"related": [], "missing": [near.id]}
    until(lambda: client.get(address, headers=BEARER).json["expanded"] == expected)


def test_hot_answers_are_packed_and_counted(front, desk):
    cache, client = front
    article = desk.live(a_document())
    path = f"/v1/articles/{article.id}"
    until(lambda: client.get(path, headers=BEARER) and (path, "") in cache._kept)
    plain = client.get(path, headers=BEARER)
    packed = client.get(path, headers={**BEARER, "Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding, Authorization"
    left = [
        int(each.headers["RateLimit"].partition("r=")[2].partition(";")[0])
        for each in (plain, packed)
    ]
    assert left[0] - left[1] == 1


def test_what_was_live_before_can_be_listed_too(postgres_url):
    engine = db.engine(postgres_url)

    def upgrade(revision):
        with engine.begin() as connection:
            connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
            config = Config()
            config.set_main_option("script_location", MIGRATIONS)
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    upgrade("0006")
    article = new_id()
    body = b'{"audience": "press", "speaker": {"office": {"vi": "B", "en": "A"}}}'
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO content_api.articles (id, state, draft_number, version, created_by,"
            " created_at, updated_at) VALUES (%s, 'live', 1, 1, 'x', now(), now())",
            [article],
        )
        for locale, retracted in (("", False), ("vi", False), ("fr", True)):
            connection.execute(
                "INSERT INTO content_api.published (article_id, locale, version, body, etag,"
                " retracted, kind, topics, places, missions, urgency, first_published_at,"
                " published_at, position) VALUES (%s, %s, 1, %s, '', %s, 'news', '{a:b}', '{}',"
                " '{}', 5, now(), now(), 1)",
                [article, locale, body, retracted],
            )
        upgrade("0007")
        facets = connection.execute(
            "SELECT facet FROM content_api.facets WHERE locale = 'vi' ORDER BY 1"
        ).fetchall()
        assert facets == [("kind:news",), ("office:A",), ("office:B",), ("topic:a:b",)]
        assert connection.execute("SELECT count(*) FROM content_api.facets").fetchone() == (8,)
        kept = connection.execute("SELECT DISTINCT audience FROM content_api.published").fetchall()
        assert kept == [("press",)]
    engine.dispose()
