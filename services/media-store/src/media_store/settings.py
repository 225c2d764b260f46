# SPDX-License-Identifier: EUPL-1.2
"""Every setting, its default, its meaning."""

from dataclasses import dataclass

from communique.broker import Broker
from communique.settings import group, setting


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """What the media store needs to know of its surroundings."""

    broker: Broker = group(Broker)
    database_url: str = setting("COMMUNIQUE_DATABASE_URL", "PostgreSQL, as postgresql://…")
    s3_endpoint: str = setting("COMMUNIQUE_S3_ENDPOINT", "URL of the S3-compatible storage")
    s3_access_key: str = setting("COMMUNIQUE_S3_ACCESS_KEY", "access key of the storage")
    s3_secret_key: str = setting("COMMUNIQUE_S3_SECRET_KEY", "secret key of the storage")
    s3_region: str = setting("COMMUNIQUE_S3_REGION", "region of the storage", default="us-east-1")
    s3_bucket: str = setting("COMMUNIQUE_S3_BUCKET", "bucket of the media", default="media")
    media_url: str = setting(
        "COMMUNIQUE_MEDIA_URL",
        "public base URL of this service",
        default="http://127.0.0.1:8003",
        parse=lambda text: text.rstrip("/"),
    )
    most_bytes: int = setting(
        "COMMUNIQUE_MEDIA_MOST_BYTES",
        "largest upload, in bytes",
        default=256 << 20,
        parse=int,
    )
    most_pixels: int = setting(
        "COMMUNIQUE_MEDIA_MOST_PIXELS",
        "largest picture, in pixels (width times height)",
        default=200_000_000,
        parse=int,
    )
    decoder_memory: int = setting(
        "COMMUNIQUE_MEDIA_DECODER_MEMORY",
        "address space of one decoding process, in bytes",
        default=1536 << 20,
        parse=int,
    )
    decoder_seconds: int = setting(
        "COMMUNIQUE_MEDIA_DECODER_SECONDS",
        "longest run of one decoding process, in seconds",
        default=60,
        parse=int,
    )
    lease_seconds: int = setting(
        "COMMUNIQUE_MEDIA_LEASE_SECONDS",
        "how long a claim holds without a sign of life from its worker, in seconds",
        default=10,
        parse=int,
    )
    log_level: str = setting(
        "COMMUNIQUE_LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", default="INFO"
    )
    health_port: int | None = setting(
        "COMMUNIQUE_WORKER_PORT",
        "port of the worker's /livez, /readyz and /metrics (default: none)",
        default=None,
        parse=int,
    )
