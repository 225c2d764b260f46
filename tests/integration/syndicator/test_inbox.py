# SPDX-License-Identifier: EUPL-1.2
"""From Kafka to rows."""

import threading
import time
from dataclasses import replace

from communique.broker import Broker
from communique.clock import SystemClock
from communique.events.codec import encode_value, to_record
from communique.events.delivery import DeliveryState
from communique.events.envelope import Event, EventType
from communique.ids import new_id
from communique.kafka.producer import Producer
from communique.testing.articles import INLINE, LEAD, a_correction, an_article, an_asset
from syndicator.bootstrap import build
from syndicator.ports import DeliveryQuery
from syndicator.testing.builders import a_channel
from syndicator.use_cases.apply_channels import Described, apply_channels


def record(kind, payload):
    event = Event(
        id=new_id(),
        type=kind,
        source="/test",
        time=SystemClock().now(),
        key=payload.id,
        value=encode_value(kind, payload),
    )
    return to_record(event)


def test_articles_and_pictures_from_kafka_become_rows_once(kafka, service, settings):
    wired = build(replace(settings, broker=Broker(kafka)))
    apply_channels([Described(a_channel())], "test", wired.deps)
    article = new_id()
    producer = Producer(Broker(kafka))
    sent = producer.send(
        [
            record(EventType.ASSET_READY, an_asset(LEAD)),
            record(EventType.ASSET_READY, an_asset(INLINE)),
            record(EventType.ARTICLE_PUBLISHED, an_article(id=article)),
            record(EventType.ARTICLE_CORRECTED, a_correction(id=article)),
            record(EventType.ARTICLE_PUBLISHED, an_article(id=article)),
        ]
    )
    assert all(sent)
    producer.close()
    stop = threading.Event()
    loops = [wired.inbox().run, wired.deliverer().run]
    threads = [threading.Thread(target=loop, args=(stop,)) for loop in loops]
    for thread in threads:
        thread.start()

    def found():
        with wired.deps.begin() as work:
            rows = work.deliveries.search(DeliveryQuery(article=article))
        return sorted((row.locale, row.state, row.version) for row in rows)

    end = time.monotonic() + 40
    expected = [("en", DeliveryState.DELIVERED, 2), ("vi", DeliveryState.DELIVERED, 2)]
    while found() != expected and time.monotonic() < end:
        time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join(15)
    wired.engine.dispose()
    assert found() == expected
    with wired.deps.begin() as work:
        assert set(work.assets.find([LEAD, INLINE])) == {LEAD, INLINE}
    wired.engine.dispose()
