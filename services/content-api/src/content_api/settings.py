# SPDX-License-Identifier: EUPL-1.2
"""Every setting, its default, its meaning."""

from dataclasses import dataclass

from communique.broker import Broker
from communique.settings import group, setting


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set."""

    broker: Broker = group(Broker)
    database_url: str = setting("COMMUNIQUE_DATABASE_URL", "where PostgreSQL is: postgresql://…")
    secret_key: str = setting(
        "COMMUNIQUE_SECRET_KEY",
        "Fernet keys that encrypt credentials and signing keys, separated by commas, newest first",
    )
    site_url: str = setting(
        "COMMUNIQUE_SITE_URL",
        "the public site that links to articles point to",
        default="http://127.0.0.1:8001",
    )
    media_url: str = setting(
        "COMMUNIQUE_MEDIA_URL",
        "where the public finds the media store",
        default="http://127.0.0.1:8003",
    )
    waiting: int = setting(
        "COMMUNIQUE_WAITING",
        "how many requests a web process lets wait (streams, long polls); fewer than its threads",
        default=1,
        parse=int,
    )
    health_port: int | None = setting(
        "COMMUNIQUE_WORKER_PORT",
        "where a worker answers /livez, /readyz and /metrics",
        default=None,
        parse=int,
    )
    log_level: str = setting(
        "COMMUNIQUE_LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", default="INFO"
    )
