#!/bin/bash
# Creates the topics on a single plain Kafka node. Safe to run again.
set -euo pipefail

bootstrap=${1:?usage: topics.sh HOST:PORT}

topic() {
  local name=$1
  shift
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$bootstrap" --create --if-not-exists \
    --topic "$name" --partitions 3 --replication-factor 1 "$@"
}

topic communique.articles --config cleanup.policy=compact
topic communique.articles.embargoed --config cleanup.policy=compact
topic communique.assets --config cleanup.policy=compact
topic communique.deliveries --config retention.ms=2592000000
topic communique.dead-letters --config retention.ms=7776000000
