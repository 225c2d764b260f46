# SPDX-License-Identifier: EUPL-1.2
import psycopg

from communique.broker import Broker
from communique.events.envelope import Record
from communique.events.topics import DELIVERIES
from communique.ids import new_id
from communique.kafka.producer import Producer


def test_database_bucket_and_broker_answer(postgres_url, s3, kafka):
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert s3["COMMUNIQUE_S3_BUCKET"].startswith("test-")
    producer = Producer(Broker(kafka))
    record = Record(DELIVERIES, new_id().encode(), b"{}", ())
    assert producer.send([record]) == [True]
    producer.close()
