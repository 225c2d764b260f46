# SPDX-License-Identifier: EUPL-1.2
import threading
import time
from contextlib import contextmanager

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import func, select

from communique import db
from communique.broker import Broker
from communique.errors import Unavailable
from communique.events.codec import from_record
from communique.events.envelope import EventType
from communique.events.topics import ARTICLES
from communique.ids import new_id
from communique.kafka.producer import Producer
from communique.kafka.reader import read_topic
from communique.outbox.add import add
from communique.outbox.relay import Relay
from communique.testing.articles import an_article


class FakeProducer:
    """Takes everything, unless told otherwise, and remembers it."""

    def __init__(self):
        self.sent = []
        self.answer = lambda _record: True

    def send(self, records):
        self.sent.extend(records)
        return [self.answer(record) for record in records]


@pytest.fixture
def producer():
    return FakeProducer()


@pytest.fixture
def relay(engine, postgres_url, outbox, producer):
    return Relay(engine, postgres_url, outbox, producer)


def publish(engine, outbox, article_id, version=1):
    with db.transaction(engine) as connection:
        return add(
            connection,
            outbox,
            EventType.ARTICLE_PUBLISHED,
            an_article(id=article_id, version=version),
            key=article_id,
        )


def waiting(engine, outbox):
    with engine.connect() as connection:
        query = select(func.count()).select_from(outbox).where(outbox.c.sent_at.is_(None))
        return connection.execute(query).scalar_one()


def step(engine, relay):
    with engine.connect() as connection:
        return relay.step(connection)


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def running(*relays):
    stop = threading.Event()
    threads = [threading.Thread(target=each.run, args=(stop,), daemon=True) for each in relays]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(5)
    assert not any(thread.is_alive() for thread in threads)


def test_an_event_and_its_change_are_committed_together_or_not_at_all(engine, outbox):
    def change_and_fail():
        with db.transaction(engine) as connection:
            add(connection, outbox, EventType.ARTICLE_PUBLISHED, an_article(), key="a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert waiting(engine, outbox) == 0


def test_a_row_becomes_the_record_of_its_event(engine, outbox, relay, producer):
    article_id = new_id()
    event_id = publish(engine, outbox, article_id)
    assert step(engine, relay) == 1
    (record,) = producer.sent
    event, article = from_record(record)
    assert (event.id, event.key, event.source) == (event_id, article_id, "/sample")
    assert record.topic == ARTICLES
    assert article == an_article(id=article_id)
    assert step(engine, relay) == 0


def test_rows_stay_until_the_broker_has_them(engine, outbox, relay, producer):
    first, second = new_id(), new_id()
    publish(engine, outbox, first, 1)
    publish(engine, outbox, second, 1)
    publish(engine, outbox, first, 2)
    refused = []

    def answer(record):
        event, article = from_record(record)
        if event.key == first and article.version == 1 and not refused:
            refused.append(record)
            return False
        return True

    producer.answer = answer
    with pytest.raises(Unavailable):
        step(engine, relay)
    assert waiting(engine, outbox) == 2
    producer.sent.clear()
    step(engine, relay)
    assert [from_record(record)[1].version for record in producer.sent] == [1, 2]
    assert waiting(engine, outbox) == 0


def test_a_crash_between_acknowledgement_and_mark_sends_again(engine, outbox, relay, producer):
    publish(engine, outbox, "a")

    def crash(_record):
        raise KeyboardInterrupt

    producer.answer = crash
    with pytest.raises(KeyboardInterrupt):
        step(engine, relay)
    producer.answer = lambda _record: True
    assert step(engine, relay) == 1
    assert len(producer.sent) == 2
    assert producer.sent[0] == producer.sent[1]


def test_how_many_rows_wait_is_measured(engine, outbox, relay):
    def measured():
        return REGISTRY.get_sample_value("communique_outbox_waiting")

    for each in range(3):
        publish(engine, outbox, str(each))
    step(engine, relay)
    assert measured() == 3
    step(engine, relay)
    assert measured() == 0


def test_a_running_relay_is_woken_by_a_commit(engine, outbox, relay, producer):
    with running(relay):
        time.sleep(0.3)
        began = time.monotonic()
        publish(engine, outbox, "a")
        until(lambda: producer.sent)
        assert time.monotonic() - began < 0.8


def test_a_transaction_that_commits_late_is_not_stepped_over(engine, outbox, relay, producer):
    with engine.connect() as late:
        add(late, outbox, EventType.ARTICLE_PUBLISHED, an_article(), key="late")
        publish(engine, outbox, "early")
        assert step(engine, relay) == 1
        late.commit()
    assert step(engine, relay) == 1
    assert [record.key for record in producer.sent] == [b"early", b"late"]


def test_of_two_relays_one_works_at_a_time(engine, outbox, postgres_url):
    busy = threading.Lock()
    collisions = []
    sent = []

    class Exclusive:
        def send(self, records):
            if not busy.acquire(blocking=False):
                collisions.append(records)
            time.sleep(0.02)
            sent.extend(records)
            busy.release()
            return [True] * len(records)

    article_id = new_id()
    relays = [Relay(engine, postgres_url, outbox, Exclusive()) for _ in range(2)]
    with running(*relays):
        for version in range(1, 41):
            publish(engine, outbox, article_id, version)
        until(lambda: waiting(engine, outbox) == 0)
    assert collisions == []
    assert [from_record(record)[1].version for record in sent] == list(range(1, 41))


def test_order_per_key_holds_on_the_real_broker(engine, outbox, postgres_url, kafka):
    ids = [new_id() for _ in range(5)]
    real = Producer(Broker(kafka))
    with running(Relay(engine, postgres_url, outbox, real)):
        for version in range(1, 11):
            for article_id in ids:
                publish(engine, outbox, article_id, version)
        until(lambda: waiting(engine, outbox) == 0, 30)
    real.close()
    seen = {article_id: [] for article_id in ids}
    for record, _ in read_topic(Broker(kafka), ARTICLES):
        if record.key.decode() in seen:
            seen[record.key.decode()].append(from_record(record)[1].version)
    assert all(versions == list(range(1, 11)) for versions in seen.values())
