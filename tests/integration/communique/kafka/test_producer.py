# SPDX-License-Identifier: EUPL-1.2
import time

import pytest

from communique.broker import Broker
from communique.errors import Unavailable
from communique.events.envelope import Record
from communique.events.topics import DELIVERIES
from communique.ids import new_id
from communique.kafka.producer import Producer
from communique.kafka.reader import read_topic

NOBODY = "127.0.0.1:1"


def test_a_record_arrives_as_it_was_sent(kafka):
    key = new_id().encode()
    record = Record(DELIVERIES, key, "đã nhận".encode(), (("ce_id", b"1"), ("x", b"")))
    producer = Producer(Broker(kafka))
    assert producer.send([record]) == [True]
    producer.close()
    assert [each for each, _ in read_topic(Broker(kafka), DELIVERIES) if each.key == key] == [
        record
    ]


def test_a_broker_that_is_away_is_told_in_time_and_tried_again():
    producer = Producer(Broker(NOBODY))
    record = Record(DELIVERIES, b"k", b"{}", ())
    for _ in range(2):
        began = time.monotonic()
        assert producer.send([record, record]) == [False, False]
        assert time.monotonic() - began < 12
    producer.close()


def test_a_record_that_is_too_large_is_not_acknowledged_and_the_next_one_is(kafka):
    producer = Producer(Broker(kafka))
    assert producer.send([Record(DELIVERIES, b"k", b"x" * 1_100_000, ())]) == [False]
    assert producer.send([Record(DELIVERIES, new_id().encode(), b"{}", ())]) == [True]
    producer.close()


def test_nothing_is_sent_for_no_records(kafka):
    producer = Producer(Broker(kafka))
    assert producer.send([]) == []
    producer.close()


def test_reading_from_a_broker_that_is_away_says_so():
    with pytest.raises(Unavailable):
        list(read_topic(Broker(NOBODY), DELIVERIES))
