# SPDX-License-Identifier: EUPL-1.2
from types import SimpleNamespace

import pytest

from communique.broker import Broker
from communique.errors import InvalidEvent, Unavailable
from communique.events.codec import encode_value, to_record
from communique.events.envelope import Event, EventType
from communique.kafka.consumer import Consumer
from communique.kafka.reader import record_of
from communique.testing.articles import PUBLISHED, an_article


class FakeDeadLetters:
    def __init__(self):
        self.parked = []

    def park(self, record, *, reason, consumer):
        self.parked.append((record, reason, consumer))


def raw(key="a", *, value=None, headers=None):
    article = an_article()
    event = Event(
        id=f"event-{key}",
        type=EventType.ARTICLE_PUBLISHED,
        source="/sample",
        time=PUBLISHED,
        key=key,
        value=encode_value(EventType.ARTICLE_PUBLISHED, article) if value is None else value,
    )
    record = to_record(event)
    given = list(record.headers) if headers is None else headers
    return SimpleNamespace(
        topic=record.topic, key=record.key, value=record.value, headers=given, timestamp=0
    )


@pytest.fixture
def letters():
    return FakeDeadLetters()


def consumer(handle, letters):
    return Consumer(Broker("127.0.0.1:1"), "group", ["communique.articles"], handle, letters)


def test_records_are_handled_in_the_order_of_their_partition(letters):
    seen = []
    consumer(lambda event, _payload: seen.append(event.key), letters)._handle_batch(
        [[raw("a"), raw("b")], [raw("c")]]
    )
    assert seen == ["a", "b", "c"]


def test_poison_is_parked_with_its_reason_and_what_follows_is_handled(letters):
    seen = []
    consumer(lambda event, _payload: seen.append(event.key), letters)._handle_batch(
        [[raw("a", value=b"{"), raw("b")]]
    )
    assert seen == ["b"]
    ((record, reason, group),) = letters.parked
    assert (record.key, group) == (b"a", "group")
    assert "not JSON" in reason


def test_a_header_without_a_value_is_no_crash(letters):
    headers = [("ce_id", None), ("ce_type", None)]
    consumer(lambda *_: pytest.fail("handled"), letters)._handle_batch([[raw(headers=headers)]])
    assert len(letters.parked) == 1


@pytest.mark.parametrize("headers", [None, []])
def test_a_record_without_headers_is_taken_over(headers):
    record = raw()
    record.headers = headers
    assert record_of(record).headers == ()


def test_what_the_handler_calls_invalid_is_parked(letters):
    def handle(_event, _payload):
        raise InvalidEvent("this is no receipt")

    consumer(handle, letters)._handle_batch([[raw()]])
    assert letters.parked[0][1] == "this is no receipt"


def test_any_other_failure_of_the_handler_is_not_swallowed_and_nothing_after_it_is_handled(letters):
    seen = []

    def handle(event, _payload):
        seen.append(event.key)
        raise Unavailable("the database is away")

    with pytest.raises(Unavailable):
        consumer(handle, letters)._handle_batch([[raw("a"), raw("b")]])
    assert seen == ["a"]
    assert letters.parked == []
