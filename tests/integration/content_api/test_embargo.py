# SPDX-License-Identifier: EUPL-1.2
"""Nothing leaves before its moment, by any route, for any key, whatever a process clock says."""

import re
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from communique import clock as process_clock
from communique import db
from communique.events.article import Audience, Paragraph
from communique.supervise import Health, keep_running
from communique.web.auth import Guard
from communique.web.openapi import operations
from content_api.api import NAMESPACES
from content_api.app import create_app
from content_api.domain.states import State
from content_api.testing.builders import a_document, a_localization
from content_api.use_cases.change_embargo import move_embargo

TITLE = "Zwolftausend Quitten"
BODY = "Einundzwanzig Eulen"
SLUG = "zwolftausend-quitten"
SECRETS = (TITLE.encode(), BODY.encode())
KEYS = {
    "reader": ["articles:read"],
    "desk": ["desk:write", "desk:approve", "desk:publish"],
    "press": ["embargo:read"],
}
ALLOWED = {"desk": ("/v1/desk/",), "press": ("/v1/embargoed/articles",)}
#: Endless by design; what it says is what `sync` says.
STREAMS = ("/v1/stream",)


@pytest.fixture
def clock(service):
    """The database's clock."""

    def now():
        with service.engine.connect() as connection:
            return db.now(connection)

    return now


@pytest.fixture
def client(service):
    """The service, with a key of each kind."""
    for label, scopes in KEYS.items():
        service.keys().create(label, scopes, secret="ck_" + (label * 43)[:43])
    app = create_app(service.deps, service.site, Guard(service.keys().find), service.ready)
    return app.test_client()


@pytest.fixture
def scheduler(service):
    """The loop that publishes what is due."""
    stop = threading.Event()
    loop = service.loops()["scheduler"]
    thread = threading.Thread(target=keep_running, args=("scheduler", loop, stop, Health()))
    thread.start()
    yield thread
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()


@pytest.fixture(params=[timedelta(0), timedelta(minutes=5), timedelta(minutes=-5)], ids=str)
def shifted(request, monkeypatch):
    """Every clock that this process can be asked, wrong by minutes; PostgreSQL's is right."""
    by, real_time, real_ns = request.param, time.time, time.time_ns

    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + by  # noqa: TID251  # a clock to be wrong

    monkeypatch.setattr(time, "time", lambda: real_time() + by.total_seconds())
    monkeypatch.setattr(time, "time_ns", lambda: real_ns() + int(by.total_seconds() * 1e9))
    monkeypatch.setattr(process_clock, "datetime", Wrong)
    right = datetime.fromtimestamp(real_time(), UTC)
    assert abs(process_clock.SystemClock().now() - right - by) < timedelta(seconds=1)
    return by


def secret_article(**changes):
    paragraph = Paragraph(f"<em>{BODY}</em>.")
    return a_document(
        source_locale="en",
        locales={"en": a_localization(title=TITLE, slug=SLUG, summary=None, body=(paragraph,))},
        **changes,
    )


def addresses(article):
    """Every GET route of the service, filled in for the article."""
    values = {"id": article.id, "locale": "en", "slug": SLUG, "version": "1", "number": "1"}
    found = set()
    for path, method, _, _ in operations(NAMESPACES):
        if method != "get" or path in STREAMS:
            continue
        url = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values.get(part[1], article.id), path)
        found.add(url)
        if path == "/v1/articles/<string:id>":
            found.add(f"{url}?locale=en")
    return sorted({*found, "/v1/articles?locale=en", *_searches(found)})


def _searches(found):
    return {f"{url}?q=Quitten" for url in found if "search" in url}


def leaks(client, article):
    """Name every route and key whose answer holds the title or the body."""
    found = []
    for label in (None, *KEYS):
        headers = {"Authorization": "Bearer ck_" + (label * 43)[:43]} if label else {}
        for url in addresses(article):
            answer = client.get(url, headers=headers)
            told = answer.data + repr(sorted(answer.headers)).encode()
            if any(each in told for each in SECRETS):
                found.append((label, url))
    return found


def not_allowed(found):
    return [
        (label, url) for label, url in found if not url.startswith(ALLOWED.get(label, ("none",)))
    ]


def wait_until(clock, moment):
    while (left := (moment - clock()).total_seconds()) > 0:
        time.sleep(min(left, 0.05))


@pytest.mark.parametrize("audience", [Audience.PRESS, Audience.PUBLIC])
def test_a_second_before_nothing_leaks_and_a_second_after_it_is_everywhere(
    desk, client, clock, sql, audience, request
):
    far = clock() + timedelta(hours=1)
    article = desk.publish(desk.approved(secret_article(embargo_until=far, audience=audience)))
    leaks(client, article)  # once for what is made on first use
    began = clock()
    before = leaks(client, article)
    took = clock() - began
    until = clock() + took + timedelta(seconds=2)
    move_embargo(article.id, until, "Test.", desk.deps, caller="publisher", seen=1)
    request.getfixturevalue("scheduler")
    wait_until(clock, until - took - timedelta(seconds=1))
    last = leaks(client, article)
    assert clock() < until
    assert not_allowed(before) == not_allowed(last) == []
    assert ("desk", f"/v1/desk/articles/{article.id}") in last
    held = ("press", f"/v1/embargoed/articles/{article.id}")
    assert (held in last) is (audience is Audience.PRESS)
    topics = {row[0] for row in sql("SELECT topic FROM content_api.outbox").fetchall()}
    assert topics <= {"communique.articles.embargoed"}
    assert sql("SELECT count(*) FROM content_api.published").fetchone() == (0,)
    wait_until(clock, until + timedelta(seconds=1))
    after = leaks(client, article)
    for url in (
        "/v1/articles",
        "/v1/articles?locale=en",
        f"/v1/articles/{article.id}",
        f"/v1/articles/{article.id}?locale=en",
        f"/v1/articles/by-slug/en/{SLUG}",
    ):
        assert ("reader", url) in after
    assert (None, f"/articles/en/{SLUG}") in after
    assert held not in after
    topics = {row[0] for row in sql("SELECT topic FROM content_api.outbox").fetchall()}
    assert "communique.articles" in topics


def test_never_early_whatever_the_process_clock_says(service, desk, clock, sql, shifted, scheduler):
    until = clock() + timedelta(seconds=1.5)
    document = secret_article(embargo_until=until, audience=Audience.PRESS)
    article = desk.publish(desk.approved(document))
    assert article.state is State.SCHEDULED
    while clock() < until - timedelta(milliseconds=50):
        assert service.shelf.find(article.id) == {}
        topics = sql("SELECT DISTINCT topic FROM content_api.outbox").fetchall()
        assert topics == [("communique.articles.embargoed",)]
        time.sleep(0.02)
    end = time.monotonic() + 5
    while not service.shelf.find(article.id) and time.monotonic() < end:
        time.sleep(0.02)
    published = service.shelf.get(article.id, "en").published_at
    assert timedelta(0) <= published - until < timedelta(seconds=1)
