# SPDX-License-Identifier: EUPL-1.2
import threading
import time
from contextlib import contextmanager

import pytest

from communique.broker import Broker
from communique.errors import Unavailable
from communique.events.codec import encode_value, to_record
from communique.events.envelope import Event, EventType, Record, header
from communique.events.topics import ARTICLES, DEAD_LETTERS
from communique.ids import new_id
from communique.kafka.consumer import Consumer
from communique.kafka.dead_letters import DeadLetters
from communique.kafka.producer import Producer
from communique.kafka.reader import read_topic
from communique.supervise import Health, keep_running
from communique.testing.articles import PUBLISHED, an_article


@pytest.fixture
def producer(kafka):
    made = Producer(Broker(kafka))
    yield made
    made.close()


@pytest.fixture
def mark():
    """Mark the records of one test: the topic is shared by all tests of a session."""
    return f"/test/{new_id()}"


def article_record(mark, key, version=1):
    article = an_article(id=key, version=version)
    value = encode_value(EventType.ARTICLE_PUBLISHED, article)
    event = Event(new_id(), EventType.ARTICLE_PUBLISHED, mark, PUBLISHED, key, value)
    return to_record(event)


@contextmanager
def consuming(kafka, producer, handle, group=None):
    consumer = Consumer(
        Broker(kafka), group or f"test-{new_id()}", [ARTICLES], handle, DeadLetters(producer)
    )
    stop = threading.Event()
    thread = threading.Thread(
        target=keep_running, args=("inbox", consumer.run, stop, Health()), daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(15)
    assert not thread.is_alive()


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_poison_goes_to_the_dead_letters_with_its_reason_and_the_rest_is_handled_in_order(
    kafka, producer, mark
):
    key = new_id()
    good = [article_record(mark, key, version) for version in (1, 2, 3)]
    future = Record(
        ARTICLES,
        key.encode(),
        good[0].value,
        tuple(
            (name, b"urn:communique:event:article.published:2.0")
            if name == "ce_dataschema"
            else (name, value)
            for name, value in good[0].headers
        ),
    )
    garbage = Record(ARTICLES, key.encode(), b"\xff", (("ce_source", mark.encode()),))
    assert all(producer.send([good[0], garbage, good[1], future, good[2]]))
    seen = []

    def handle(event, article):
        if event.source == mark:
            seen.append(article.version)

    with consuming(kafka, producer, handle):
        until(lambda: len(seen) == 3)
    assert seen == [1, 2, 3]
    letters = [
        each for each, _ in read_topic(Broker(kafka), DEAD_LETTERS) if each.key == key.encode()
    ]
    assert [each.value for each in letters] == [b"\xff", good[0].value]
    assert "without" in header(letters[0], "dl_reason") or "not" in header(letters[0], "dl_reason")
    assert "'2.0'" in header(letters[1], "dl_reason")
    assert {header(each, "dl_topic") for each in letters} == {ARTICLES}
    assert all(header(each, "dl_consumer").startswith("test-") for each in letters)


def test_a_failing_handler_skips_nothing(kafka, producer, mark):
    key = new_id()
    assert all(producer.send([article_record(mark, key, version) for version in (1, 2, 3)]))
    tried, done = [], []

    def handle(event, article):
        if event.source != mark:
            return
        tried.append(article.version)
        if article.version == 2 and tried.count(2) < 3:
            raise Unavailable("the database is away")
        if article.version not in done:
            done.append(article.version)

    with consuming(kafka, producer, handle):
        until(lambda: len(done) == 3, 60)
    assert done == [1, 2, 3]
    assert tried.count(2) == 3


def test_what_was_handled_is_not_handled_again_after_a_restart(kafka, producer, mark):
    group = f"test-{new_id()}"
    seen = []

    def handle(event, article):
        if event.source == mark:
            seen.append((event.key, article.version))

    first, second = new_id(), new_id()
    assert all(producer.send([article_record(mark, first)]))
    with consuming(kafka, producer, handle, group):
        until(lambda: seen == [(first, 1)])
    assert all(producer.send([article_record(mark, second)]))
    with consuming(kafka, producer, handle, group):
        until(lambda: len(seen) == 2)
    assert seen == [(first, 1), (second, 1)]


def test_a_record_that_was_handled_but_not_committed_comes_again_with_the_same_id(
    kafka, producer, mark
):
    assert all(producer.send([article_record(mark, new_id())]))
    seen = []

    def handle(event, _article):
        if event.source == mark:
            seen.append(event.id)
            if len(seen) == 1:
                raise Unavailable("crashed after its own commit")

    with consuming(kafka, producer, handle):
        until(lambda: len(seen) == 2)
    assert seen[0] == seen[1]


def test_a_broker_that_is_away_is_an_error_that_the_supervisor_handles(producer):
    consumer = Consumer(
        Broker("127.0.0.1:1"), "test", [ARTICLES], lambda *_: None, DeadLetters(producer)
    )
    with pytest.raises(Unavailable):
        consumer.run(threading.Event())
