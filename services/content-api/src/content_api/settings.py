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
    publisher: str = setting(
        "COMMUNIQUE_PUBLISHER",
        "who publishes, as search engines and embedding pages are told",
        default="Ministry of Foreign Affairs",
    )
    max_age: int = setting(
        "COMMUNIQUE_MAX_AGE",
        "for how many seconds a reader may take an answer as fresh",
        default=5,
        parse=int,
    )
    cdn_max_age: int = setting(
        "COMMUNIQUE_CDN_MAX_AGE",
        "for how many seconds a CDN may; more than the above only if it is purged by Surrogate-Key",
        default=5,
        parse=int,
    )
    rate_limit: int = setting(
        "COMMUNIQUE_RATE_LIMIT",
        "how many requests a key may make a minute, per web process; 0: as many as it likes",
        default=6_000,
        parse=int,
    )
    translator: str = setting(
        "COMMUNIQUE_TRANSLATOR",
        "which machine translates drafts on demand: none, or marking, which only marks each word",
        default="none",
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
