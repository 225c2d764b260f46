# SPDX-License-Identifier: EUPL-1.2
"""The Python client against the service on PostgreSQL, over HTTP."""

import threading
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from communique.keys import new_secret
from communique_client import (
    Client,
    Drop,
    InvalidRequest,
    NoAnswer,
    NotAuthentic,
    NotFound,
    Patience,
    Put,
    Selection,
    Unauthenticated,
    Withdrawn,
)
from content_api.app import create_app
from content_api.testing.builders import a_document, with_slugs
from content_api.use_cases.retract import retract


@pytest.fixture
def url(service):
    """The application on a port of its own."""
    app = create_app(service.deps, service.site, service.guard(), service.ready)
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def key(service):
    secret = new_secret()
    service.keys().create("reader", ["articles:read"], secret=secret)
    return secret


@pytest.fixture
def client(url, key):
    with Client(url, key) as made:
        yield made


def withdraw(desk, article):
    return retract(
        article.id,
        {"vi": "Thu hồi.", "en": "Withdrawn."},
        desk.deps,
        caller="publisher",
        seen=article.draft_number,
    )


def copy_of(client, kept, cursor, which):
    for changes in client.sync.catch_up(which, cursor=cursor, limit=2):
        for item in changes.items:
            match item:
                case Put(place, article):
                    kept[place] = article.document
                case Drop(place):
                    kept.pop(place, None)
        cursor = changes.cursor
    return cursor


def test_articles_are_read_in_every_way(client, desk):
    article = desk.live(a_document())
    whole = client.articles.get(article.id)
    assert (whole.version, whole.locale, set(whole.texts)) == (1, None, {"vi", "en"})
    assert client.articles.get(article.id, locale="fr", fallback=["en"]).text.locale == "en"
    assert client.articles.by_slug("vi", whole.texts["vi"].slug).locale == "vi"


def test_every_page_is_read_once(client, desk):
    made = [desk.live(with_slugs(a_document(), str(number))).id for number in range(7)]
    found = [article.id for article in client.articles.all(Selection(locale="en"), limit=3)]
    assert found == made[::-1]
    assert list(client.articles.all(Selection(mission="nowhere"))) == []


def test_what_is_read_is_authentic(client, desk, service):
    article = desk.live(a_document())
    read = client.articles.get(article.id, locale="en")
    kid = client.verify(read)
    assert kid == service.deps.signing_keys.all()[0].kid
    service.deps.signing_keys.rotate()
    later = desk.live(with_slugs(a_document(), "later"))
    assert client.verify(client.articles.get(later.id)) != kid
    for item in client.articles.all():
        client.verify(item)
    with pytest.raises(NotAuthentic):
        client.verify({**read.document, "kind": "speech"})


def test_what_has_not_changed_is_not_sent_again(client, desk):
    article = desk.live(a_document())
    first = client.articles.get(article.id)
    assert client.articles.get(article.id) == first
    desk.publish(desk.approve(desk.save(article, replace(a_document(), urgency=2))))
    assert client.articles.get(article.id).version == 2


def test_refusals_are_errors(client, desk, url):
    article = desk.live(a_document())
    with pytest.raises(NotFound):
        client.articles.get("nothing")
    with pytest.raises(NotFound) as missing:
        client.articles.get(article.id, locale="fr")
    assert missing.value.available_locales == ("en", "vi")
    with pytest.raises(InvalidRequest) as invalid:
        client.articles.get(article.id, locale="not a language")
    assert invalid.value.errors[0]["parameter"] == "locale"
    with Client(url, "ck_unknown") as stranger, pytest.raises(Unauthenticated):
        stranger.articles.get(article.id)
    withdraw(desk, article)
    with pytest.raises(Withdrawn) as gone:
        client.articles.get(article.id)
    assert gone.value.notices["en"] == "Withdrawn."


def test_a_server_that_is_away_gives_no_answer(key):
    quick = Patience(tries=2, first_wait=0.01)
    with Client("http://127.0.0.1:1", key, patience=quick) as client, pytest.raises(NoAnswer):
        client.articles.get("x")


def test_a_copy_follows_what_is_live(client, desk):
    which = Selection(locale="en")
    articles = [desk.live(with_slugs(a_document(), str(number))) for number in range(5)]
    kept = {}
    cursor = copy_of(client, kept, None, which)
    assert {place for place, _ in kept} == {article.id for article in articles}
    withdraw(desk, articles[0])
    changed = replace(with_slugs(a_document(), "1"), urgency=2)
    desk.publish(desk.approve(desk.save(articles[1], changed)))
    articles.append(desk.live(with_slugs(a_document(), "new")))
    copy_of(client, kept, cursor, which)
    afresh = {}
    copy_of(client, afresh, None, which)
    live = {(each.id, "en"): each.document for each in client.articles.all(which)}
    assert kept == afresh == live
    assert len(kept) == 5
    for document in kept.values():
        client.verify(document)


def test_following_hears_of_a_change(client, desk):
    stop = threading.Event()
    desk.live(with_slugs(a_document(), "first"))
    stream = client.sync.follow(stop, Selection(locale="vi"))
    first = next(stream)
    assert len(first.items) == 1
    second = desk.live(with_slugs(a_document(), "second"))
    [item] = next(stream).items
    assert item.key == (second.id, "vi")
    stop.set()
    assert list(stream) == []
