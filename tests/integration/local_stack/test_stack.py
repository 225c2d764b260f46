# SPDX-License-Identifier: EUPL-1.2
from contextlib import closing
from uuid import uuid4

import psutil
import psycopg
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient

from communique.events.topics import TOPICS
from local_stack.addresses import PORTS
from local_stack.components import s3
from local_stack.errors import StackError
from local_stack.plan import BUCKETS
from local_stack.programs import COMPONENTS
from local_stack.stack import Stack

TOPIC = "communique.deliveries"


def test_it_is_up_already(stack):
    assert stack.up(COMPONENTS) is False


def test_another_broker_must_wait_until_it_is_down(stack):
    other = "kafka" if stack.plan.broker == "tansu" else "tansu"
    with pytest.raises(StackError, match="make down"):
        Stack(stack.home.path, stack.plan.ports.offset, other).up(COMPONENTS)


def test_buckets_exist(stack):
    with closing(s3.client(stack.plan)) as client:
        names = {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}
    assert names >= set(BUCKETS.values())


def test_topics_exist_with_their_partitions(stack):
    bootstrap = stack.environment()["COMMUNIQUE_KAFKA"]
    with closing(KafkaAdminClient(bootstrap_servers=bootstrap)) as admin:
        described = admin.describe_topics([topic.name for topic in TOPICS])
    found = {topic["name"]: len(topic["partitions"]) for topic in described}
    assert found == {topic.name: topic.partitions for topic in TOPICS}


def test_every_socket_is_a_known_port_on_loopback(stack, family):
    ours = {process.pid for process in family(stack)}
    listening = {
        (connection.laddr.ip.removeprefix("::ffff:"), connection.laddr.port)
        for connection in psutil.net_connections(kind="inet")
        if connection.pid in ours and connection.status == psutil.CONN_LISTEN
    }
    known = {port for name in COMPONENTS for port in stack.plan.ports.of(name).values()}
    assert {ip for ip, _ in listening} == {"127.0.0.1"}
    assert {port for _, port in listening} <= known
    assert len(listening) >= len(PORTS["s3"]) + 2


def test_no_program_shows_a_secret_in_the_process_list(stack, family):
    secrets = stack.plan.secrets
    ours = {process.pid for process in family(stack)}
    shown = [
        part
        for process in psutil.process_iter(["cmdline"])
        if process.pid in ours
        for part in process.info["cmdline"] or []
    ]
    shown = " ".join(shown)
    assert "weed" in shown
    assert secrets.s3_secret_key not in shown
    assert secrets.database_password not in shown


def test_committed_rows_survive_a_kill(stack):
    url = stack.environment()["COMMUNIQUE_DATABASE_URL"]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Việt Nam' AS name")
    stack.kill("postgres")
    stack.wait_running("postgres")
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT lower(name) FROM kept").fetchone() == ("việt nam",)


def test_stored_objects_survive_a_kill(stack):
    with closing(s3.client(stack.plan)) as client:
        client.put_object(Bucket=BUCKETS["media"], Key="kept", Body=b"kept")
    stack.kill("s3")
    stack.wait_running("s3")
    with closing(s3.client(stack.plan)) as client:
        assert client.get_object(Bucket=BUCKETS["media"], Key="kept")["Body"].read() == b"kept"


def test_acknowledged_records_survive_a_kill(stack):
    bootstrap = stack.environment()["COMMUNIQUE_KAFKA"]
    value = uuid4().bytes
    with closing(KafkaProducer(bootstrap_servers=bootstrap, acks="all")) as producer:
        at = producer.send(TOPIC, value, key=b"k").get(timeout=20)
    stack.kill("broker")
    stack.wait_running("broker")
    with closing(KafkaConsumer(bootstrap_servers=bootstrap, group_id=None)) as consumer:
        partition = TopicPartition(TOPIC, at.partition)
        consumer.assign([partition])
        consumer.seek(partition, at.offset)
        records = consumer.poll(timeout_ms=20000, max_records=1)
    assert [record.value for record in records[partition]] == [value]


def test_components_given_in_the_environment_are_not_started(stack, tmp_path):
    settings = stack.environment()
    names = ("DATABASE_URL", "KAFKA", "S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY")
    given = {f"COMMUNIQUE_{name}": settings[f"COMMUNIQUE_{name}"] for name in names}
    other = Stack(tmp_path, stack.plan.ports.offset, stack.plan.broker, environ=given)
    try:
        assert other.up(COMPONENTS, tethered=True)
        assert [other.pid(name) for name in COMPONENTS] == [0, 0, 0]
        assert other.addresses["broker"] == settings["COMMUNIQUE_KAFKA"]
    finally:
        other.down()
    assert stack.pid("postgres")


def test_one_program_can_be_restarted(stack):
    before = stack.pid("s3")
    stack.restart("s3")
    assert stack.pid("s3") not in {0, before}
