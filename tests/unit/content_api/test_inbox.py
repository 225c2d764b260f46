# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.errors import InvalidEvent
from communique.events.codec import encode_value
from communique.events.envelope import Event, EventType
from communique.ids import new_id
from communique.testing.articles import an_article
from content_api.inbox import ReceiptInbox
from content_api.testing.builders import MOMENT, a_receipt
from content_api.testing.memory import MemoryStore


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def inbox(store):
    return ReceiptInbox(store.deps())


RECEIPT = a_receipt()
EVENT = Event(
    id=new_id(),
    type=EventType.DELIVERY_SUCCEEDED,
    source="/syndicator",
    time=MOMENT,
    key=RECEIPT.article,
    value=encode_value(EventType.DELIVERY_SUCCEEDED, RECEIPT),
)


def test_a_receipt_that_arrives_twice_is_recorded_once(inbox, store):
    inbox.handle(EVENT, RECEIPT)
    inbox.handle(EVENT, RECEIPT)
    assert list(store.tables.history) == [EVENT.id]
    assert list(store.tables.latest.values()) == [RECEIPT]


def test_another_event_on_the_topic_is_no_receipt(inbox, store):
    with pytest.raises(InvalidEvent):
        inbox.handle(replace(EVENT, type=EventType.ARTICLE_PUBLISHED), an_article())
    assert store.tables.history == {}
