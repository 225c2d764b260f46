# SPDX-License-Identifier: EUPL-1.2
import base64

from local_stack.components import kafka


def test_the_cluster_id_is_what_kafka_asks_for():
    decoded = base64.urlsafe_b64decode(kafka.CLUSTER + "==")
    assert len(decoded) == 16
    assert base64.urlsafe_b64encode(decoded).decode().rstrip("=") == kafka.CLUSTER


def test_every_listener_is_on_loopback(make_plan):
    properties = kafka.properties(make_plan(broker="kafka", offset=1000))
    assert properties["listeners"] == "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093"


def test_a_lone_node_needs_no_replica(make_plan):
    properties = kafka.properties(make_plan(broker="kafka"))
    factors = {key: value for key, value in properties.items() if "replication.factor" in key}
    assert set(factors.values()) == {"1"}
    assert len(factors) == 2


def test_jars_are_kept_by_version():
    assert kafka.version()[0].isdigit()
