# SPDX-License-Identifier: EUPL-1.2
"""Outbox commit to visible in a feed, against a bare produce-and-consume round trip."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from communique.broker import Broker
from communique.events.envelope import Record
from communique.events.topics import DEAD_LETTERS
from communique.ids import new_id
from communique.kafka.producer import Producer
from communique.kafka.reader import Tail
from local_stack.demo.errors import StoryError
from local_stack.demo.places import Target
from local_stack.demo.spots import Spot
from local_stack.demo.story import Story

_TIMES = 15
_LIMIT_SECONDS = 30


def visible(story: Story, sample: str) -> float:
    """Return the median seconds from the desk's publish call until the entry stands in a feed.

    The call is answered after the commit, so this has the commit in it: the honest direction.
    """
    return statistics.median(_one(story, sample, number) for number in range(_TIMES))


def _one(story: Story, sample: str, number: int) -> float:
    document = story.prepared(sample)
    for each in document["locales"].values():
        each["slug"] += f"-{number}"
    name = story.desk.create(document)
    story.desk.approve(name)
    spot = next(s for s in story.readers.spots(document) if s.place.form == "atom")
    started = time.perf_counter()
    story.desk.publish(name)
    _until(lambda: _stands(spot, name, document))
    return time.perf_counter() - started


def _stands(spot: Spot, name: str, document: dict[str, Any]) -> bool:
    target = Target(name, {locale: each["slug"] for locale, each in document["locales"].items()})
    return spot.place.look(target) is not None


def round_trip(bootstrap: str) -> float:
    """Return the median seconds from produce (acks=all) until a waiting consumer has the record."""
    producer = Producer(Broker(bootstrap))
    with Tail(Broker(bootstrap), DEAD_LETTERS) as tail:
        times = [_trip(producer, tail) for _ in range(_TIMES)]
    producer.close()
    return statistics.median(times[1:])


def _trip(producer: Producer, tail: Tail) -> float:
    key = new_id().encode()
    started = time.perf_counter()
    if not all(producer.send([Record(DEAD_LETTERS, key, b"{}", ())])):
        raise StoryError("the broker did not take a record")
    _until(lambda: any(record.key == key for record in tail.poll(0.05)))
    return time.perf_counter() - started


def _until(check: Callable[[], bool]) -> None:
    end = time.perf_counter() + _LIMIT_SECONDS
    while not check():
        if time.perf_counter() > end:
            raise StoryError("it did not come in time")
