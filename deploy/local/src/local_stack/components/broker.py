# SPDX-License-Identifier: EUPL-1.2
"""What is the same for every broker: whether it answers, and the topics."""

import socket

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError, TopicAlreadyExistsError

from communique.events.topics import TOPICS
from local_stack.errors import NotReady
from local_stack.plan import Plan


def check(plan: Plan) -> None:
    """Make the topics that are missing; their metadata is the answer that counts."""
    bootstrap = plan.settings()["COMMUNIQUE_KAFKA"]
    knock(bootstrap)
    try:
        admin = KafkaAdminClient(
            bootstrap_servers=bootstrap,
            client_id="local-stack",
            bootstrap_timeout_ms=8000,
            request_timeout_ms=8000,
        )
    except KafkaError as error:
        raise NotReady("broker", str(error)) from error
    try:
        make_topics(admin)
    except KafkaError as error:
        raise NotReady("broker", str(error)) from error
    finally:
        admin.close()


def knock(bootstrap: str) -> None:
    """Try the first address: a Kafka client that finds nobody there leaves its sockets open."""
    host, _, port = bootstrap.partition(",")[0].strip().rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=2).close()
    except OSError as error:
        raise NotReady("broker", f"{bootstrap}: {error}") from error


def make_topics(admin: KafkaAdminClient) -> None:
    """Create the missing topics, compacted where only the newest document counts."""
    present = set(admin.list_topics())
    for topic in TOPICS:
        if topic.name in present:
            continue
        policy = "compact" if topic.compacted else "delete"
        options = {
            "num_partitions": topic.partitions,
            "replication_factor": 1,
            "configs": {"cleanup.policy": policy},
        }
        try:
            admin.create_topics({topic.name: options})
        except TopicAlreadyExistsError:  # another stack or a retry was faster
            continue
