# SPDX-License-Identifier: EUPL-1.2
"""Where Kafka is, and how to log in."""

from dataclasses import dataclass
from typing import Any

from communique.settings import setting


@dataclass(frozen=True, slots=True)
class Broker:
    """The settings that every service needs to reach Kafka; no user name means no login."""

    bootstrap: str = setting(
        "COMMUNIQUE_KAFKA",
        "the Kafka brokers to begin with, as host:port, separated by commas",
        default="127.0.0.1:8092",
    )
    username: str | None = setting(
        "COMMUNIQUE_KAFKA_USERNAME", "the user to log in as (SCRAM-SHA-512 over TLS)", default=None
    )
    password: str | None = setting(
        "COMMUNIQUE_KAFKA_PASSWORD", "that user's password", default=None
    )
    ca_file: str | None = setting(
        "COMMUNIQUE_KAFKA_CA_FILE",
        "a file with the certificate authority of the brokers (default: the system's)",
        default=None,
    )

    def options(self) -> dict[str, Any]:
        """Return what kafka-python's clients take."""
        address: dict[str, Any] = {"bootstrap_servers": self.bootstrap.split(",")}
        if self.username is None:
            return address
        return {
            **address,
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
            "ssl_cafile": self.ca_file,
        }
