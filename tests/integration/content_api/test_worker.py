# SPDX-License-Identifier: EUPL-1.2
"""The loops of the worker between PostgreSQL and Kafka."""

import threading
import time
from dataclasses import replace

import pytest
from kafka import KafkaConsumer

from communique.broker import Broker
from communique.clock import SystemClock
from communique.events.codec import encode_value, from_record, to_record
from communique.events.envelope import Event, EventType, Record
from communique.events.topics import ARTICLES, DELIVERIES
from communique.ids import new_id
from communique.kafka.producer import Producer
from communique.supervise import Health, keep_running
from content_api.testing.builders import a_document, a_receipt
from content_api.use_cases.inspect_article import list_deliveries
from content_api.use_cases.retract import retract


@pytest.fixture
def run(service, kafka):
    """Run loops of the worker until the test ends."""
    wired = replace(service, settings=replace(service.settings, broker=Broker(kafka)))
    stop, threads = threading.Event(), []

    def start(name):
        loop = wired.loops()[name]
        thread = threading.Thread(target=keep_running, args=(name, loop, stop, Health()))
        thread.start()
        threads.append(thread)

    yield start
    stop.set()
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()


def eventually(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not become so in time"
        time.sleep(0.05)


def announced(kafka, article, wanted):
    """Read the events of an article from the topic until there are as many as wanted."""
    consumer = KafkaConsumer(
        ARTICLES, bootstrap_servers=kafka, auto_offset_reset="earliest", group_id=None
    )
    found, until = [], time.monotonic() + 30
    while len(found) < wanted and time.monotonic() < until:
        for records in consumer.poll(timeout_ms=500).values():
            found += [
                from_record(Record(each.topic, each.key, each.value, tuple(each.headers)))
                for each in records
                if each.key == article.encode()
            ]
    consumer.close()
    return found


def test_every_version_reaches_kafka_in_order_and_is_marked(run, desk, kafka, sql):
    article = desk.live(a_document())
    run("relay")
    updated = desk.publish(desk.approve(desk.save(article, a_document(urgency=1))))
    retract(article.id, {"vi": "Rút."}, desk.deps, caller="publisher", seen=updated.draft_number)
    events = announced(kafka, article.id, 3)
    assert [(event.type, value.version) for event, value in events] == [
        (EventType.ARTICLE_PUBLISHED, 1),
        (EventType.ARTICLE_UPDATED, 2),
        (EventType.ARTICLE_RETRACTED, 3),
    ]
    with desk.deps.unit_of_work() as unit:
        assert [event.value for event, _ in events] == [
            unit.versions.get(article.id, version) for version in (1, 2, 3)
        ]
    waiting = "SELECT count(*) FROM content_api.outbox WHERE sent_at IS NULL"
    eventually(lambda: sql(waiting).fetchone() == (0,))


def test_receipts_become_the_history_once_each(run, desk, kafka):
    article = desk.live(a_document())
    receipt = a_receipt(article=article.id)
    event = Event(
        id=new_id(),
        type=EventType.DELIVERY_SUCCEEDED,
        source="/syndicator",
        time=SystemClock().now(),
        key=article.id,
        value=encode_value(EventType.DELIVERY_SUCCEEDED, receipt),
    )
    producer = Producer(Broker(kafka))
    broken = Record(DELIVERIES, article.id.encode(), b"{", ())
    record = to_record(event)
    assert all(producer.send([record, broken, record]))
    producer.close()
    run("receipts")
    eventually(lambda: list_deliveries(article.id, desk.deps).closed)
    board = list_deliveries(article.id, desk.deps)
    assert board.items == [receipt]
    assert [each.event for each in board.history] == [event.id]
