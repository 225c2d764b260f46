# SPDX-License-Identifier: EUPL-1.2
"""What one stack is made of: its home, its ports, its broker, and what the caller brings along."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from local_stack.addresses import LOOPBACK, Ports, replaced
from local_stack.credentials import Secrets
from local_stack.errors import StackError
from local_stack.home import Home

BIN: Final = Path(sys.executable).parent
REGION: Final = "us-east-1"
BUCKETS: Final = {
    "media": "communique-media",
    "log": "communique-log",
    "archive": "communique-archive",
}
BROKERS: Final = ("tansu", "kafka")
KEPT: Final = ("HOME", "LANG", "PATH", "TMPDIR", "TZ")


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a program's command line and environment follow from."""

    home: Home
    ports: Ports
    broker: str
    secrets: Secrets = field(repr=False)
    environ: Mapping[str, str] = field(repr=False)

    def settings(self) -> dict[str, str]:
        """Return the settings of the services; what the caller has set wins."""
        ports, secrets = self.ports, self.secrets
        server = f"{LOOPBACK}:{ports.one('postgres', 'sql')}"
        own = {
            "COMMUNIQUE_DATABASE_URL": f"postgresql://communique:{secrets.database_password}@{server}/communique",
            "COMMUNIQUE_KAFKA": f"{LOOPBACK}:{ports.one('broker', 'kafka')}",
            "COMMUNIQUE_S3_ENDPOINT": f"http://{LOOPBACK}:{ports.one('s3', 's3')}",
            "COMMUNIQUE_S3_ACCESS_KEY": secrets.s3_access_key,
            "COMMUNIQUE_S3_SECRET_KEY": secrets.s3_secret_key,
            "COMMUNIQUE_S3_REGION": REGION,
            "COMMUNIQUE_S3_BUCKET": BUCKETS["media"],
            "COMMUNIQUE_CONTENT_API_URL": ports.url("content-api-web"),
            "COMMUNIQUE_SYNDICATOR_URL": ports.url("syndicator-web"),
            "COMMUNIQUE_MEDIA_URL": ports.url("media-store-web"),
            "COMMUNIQUE_SITE_URL": ports.url("content-api-web"),
            "COMMUNIQUE_SECRET_KEY": secrets.secret_key,
            "COMMUNIQUE_ALLOW_PRIVATE_NETWORK": "true",
            "COMMUNIQUE_PLATFORM_URL": ports.url("platforms"),
            "COMMUNIQUE_FACEBOOK_TOKEN": secrets.facebook_token,
            "COMMUNIQUE_X_TOKEN": secrets.x_token,
            "COMMUNIQUE_WEBHOOK_SECRET": secrets.webhook_secret,
            "COMMUNIQUE_LOG_LEVEL": "INFO",
        }
        given = {key: value for key, value in self.environ.items() if key.startswith("COMMUNIQUE_")}
        return own | given

    def environment(self) -> dict[str, str]:
        """Return the whole environment of every program: small, so that runs are alike."""
        kept = {key: self.environ[key] for key in KEPT if key in self.environ}
        path = kept.get("PATH", "/usr/local/bin:/usr/bin:/bin")
        fixed = {"PATH": f"{BIN}:{path}", "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"}
        return kept | fixed | self.settings()

    def replaced(self) -> dict[str, str]:
        """Return the components that the caller brings along, with their addresses."""
        return replaced(self.environ)

    def check(self) -> None:
        """Refuse what cannot work before anything starts."""
        if not sys.platform.startswith("linux"):
            raise StackError(
                "The local stack needs Linux; on other systems use compose.yaml, or give the "
                "addresses of components in the environment."
            )
        if self.broker not in BROKERS:
            raise StackError(f"BROKER is {self.broker!r}; it must be one of {', '.join(BROKERS)}.")
        keys = {"COMMUNIQUE_S3_ACCESS_KEY", "COMMUNIQUE_S3_SECRET_KEY"}
        missing = sorted(key for key in keys if not self.environ.get(key))
        if "s3" in self.replaced() and missing:
            raise StackError(f"COMMUNIQUE_S3_ENDPOINT is set, so set {' and '.join(missing)} too.")
