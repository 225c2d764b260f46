# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.events.delivery import Action, DeliveryState
from communique.ids import new_id
from content_api.domain.errors import NoSuchArticle, NoSuchVersion
from content_api.domain.states import State
from content_api.testing.builders import a_document, a_receipt, with_slugs
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.inspect_article import (
    list_articles,
    list_deliveries,
    list_versions,
    read_version,
)
from content_api.use_cases.record_receipt import record_receipt


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def desk(store):
    return Desk(store.deps())


def test_pages_of_articles_meet_without_gap(desk):
    made = [desk.create(a_document()).id for _ in range(5)]
    seen, cursor = [], None
    while True:
        page, cursor = list_articles(desk.deps, state=None, before=cursor, limit=2)
        seen += [article.id for article in page]
        if cursor is None:
            break
    assert seen == sorted(made, reverse=True)


def test_articles_are_listed_by_state(desk):
    live = desk.live(a_document())
    desk.create(a_document())
    page, _ = list_articles(desk.deps, state=State.LIVE, before=None, limit=10)
    assert [article.id for article in page] == [live.id]


def test_versions_stay_as_they_were_published(desk):
    article = desk.live(a_document())
    first = read_version(article.id, 1, desk.deps)
    desk.publish(desk.approve(desk.save(article, with_slugs(a_document(), "moi"))))
    assert [line.version for line in list_versions(article.id, desk.deps)] == [2, 1]
    assert read_version(article.id, 1, desk.deps) == first
    with pytest.raises(NoSuchVersion):
        read_version(article.id, 3, desk.deps)


@pytest.mark.parametrize("question", [list_versions, list_deliveries])
def test_of_an_unknown_article_nothing_is_told(desk, question):
    with pytest.raises(NoSuchArticle):
        question(new_id(), desk.deps)


def test_an_article_is_closed_when_every_channel_has_its_present_version(desk):
    article = desk.live(a_document())
    site = a_receipt(article=article.id)
    post = a_receipt(article=article.id, channel="x-en", locale="en", state=DeliveryState.DUE)
    assert not list_deliveries(article.id, desk.deps).closed
    record_receipt(new_id(), site, desk.deps)
    record_receipt(new_id(), post, desk.deps)
    assert not list_deliveries(article.id, desk.deps).closed
    record_receipt(new_id(), replace(post, state=DeliveryState.DELIVERED), desk.deps)
    board = list_deliveries(article.id, desk.deps)
    assert board.closed
    assert len(board.history) == 3
    desk.publish(desk.approve(desk.save(article, a_document(urgency=2))))
    assert not list_deliveries(article.id, desk.deps).closed


def test_a_waived_delivery_is_closed(desk):
    article = desk.live(a_document())
    waived = a_receipt(
        article=article.id, state=DeliveryState.WAIVED, version=None, action=Action.NOTHING
    )
    record_receipt(new_id(), waived, desk.deps)
    assert list_deliveries(article.id, desk.deps).closed
