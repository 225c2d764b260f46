# SPDX-License-Identifier: EUPL-1.2
"""Counter and timer names in one place."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

REQUESTS: Final = Counter(
    "communique_requests", "Requests answered by the application.", ["method", "status"]
)
EVENTS_PRODUCED: Final = Counter(
    "communique_events_produced", "Outbox rows the broker has acknowledged.", ["topic"]
)
EVENTS_HANDLED: Final = Counter(
    "communique_events_handled", "Kafka records handled.", ["topic", "outcome"]
)
OUTBOX_WAITING: Final = Gauge(
    "communique_outbox_waiting", "Outbox rows not yet produced.", multiprocess_mode="livemax"
)
LOOP_RESTARTS: Final = Counter(
    "communique_loop_restarts", "Worker loops started again after a crash.", ["loop"]
)
DELIVERIES: Final = Counter(
    "communique_deliveries", "Delivery attempts by outcome.", ["channel", "action", "outcome"]
)
PUBLISH_OVERDUE: Final = Gauge(
    "communique_publish_overdue",
    "Articles, languages and releases whose moment has passed and that are not ready to go out.",
    multiprocess_mode="livemax",
)
PUBLISH_LATENESS: Final = Histogram(
    "communique_publish_lateness_seconds",
    "How long after its embargo a scheduled article went live.",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 300),
)
