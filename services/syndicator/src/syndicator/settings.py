# SPDX-License-Identifier: EUPL-1.2
"""Every setting, its default, its meaning."""

from dataclasses import dataclass

from communique.broker import Broker
from communique.settings import flag, group, setting


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the syndicator."""

    broker: Broker = group(Broker)
    database_url: str = setting(
        "COMMUNIQUE_DATABASE_URL", "the database, as postgresql://user:password@host:port/name"
    )
    secret_key: str = setting(
        "COMMUNIQUE_SECRET_KEY",
        "Fernet keys that encrypt credentials and signing keys, separated by commas, newest first",
    )
    public_url: str = setting(
        "COMMUNIQUE_SYNDICATOR_URL",
        "where the world reaches this service; feeds name it",
        default="http://127.0.0.1:8002",
    )
    site_url: str = setting(
        "COMMUNIQUE_SITE_URL",
        "the ministry's site; article links begin with it",
        default="http://127.0.0.1:8001",
    )
    allow_private: bool = setting(
        "COMMUNIQUE_ALLOW_PRIVATE_NETWORK",
        "whether deliveries may go to private and loopback addresses; for one machine only",
        default=False,
        parse=flag,
    )
    pull_threads: int = setting(
        "COMMUNIQUE_PULL_THREADS",
        "how many feeds and wires are written at once",
        default=2,
        parse=int,
    )
    push_threads: int = setting(
        "COMMUNIQUE_PUSH_THREADS", "how many destinations are called at once", default=32, parse=int
    )
    log_level: str = setting("COMMUNIQUE_LOG_LEVEL", "how much is logged", default="INFO")
    health_port: int | None = setting(
        "COMMUNIQUE_WORKER_PORT",
        "port of the worker's /livez, /readyz and /metrics (default: none)",
        default=None,
        parse=int,
    )
