# SPDX-License-Identifier: EUPL-1.2
"""Every port of the stack, and the addresses that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = "127.0.0.1"

PORTS: Final[Mapping[str, Mapping[str, int]]] = {
    "postgres": {"sql": 8432},
    "s3": {
        "s3": 8333,
        "master": 8334,
        "volume": 8335,
        "filer": 8336,
        "admin": 8337,
        "s3.grpc": 8343,
        "master.grpc": 8344,
        "volume.grpc": 8345,
        "filer.grpc": 8346,
        "admin.grpc": 18337,  # its worker finds it nowhere but at the port of admin plus 10000
    },
    "broker": {"kafka": 8092, "controller": 8093},
    "content-api-web": {"http": 8001},
    "syndicator-web": {"http": 8002},
    "media-store-web": {"http": 8003},
    "platforms": {"http": 8051},
}

COMPONENT_SETTINGS: Final[Mapping[str, str]] = {
    "postgres": "COMMUNIQUE_DATABASE_URL",
    "s3": "COMMUNIQUE_S3_ENDPOINT",
    "broker": "COMMUNIQUE_KAFKA",
}


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of a stack that stands `offset` above the usual ones."""

    offset: int = 0

    def of(self, program: str) -> dict[str, int]:
        """Return the ports a program listens on, by purpose."""
        return {use: port + self.offset for use, port in PORTS.get(program, {}).items()}

    def one(self, program: str, use: str) -> int:
        """Return one port of a program."""
        return PORTS[program][use] + self.offset

    def url(self, program: str) -> str:
        """Return the base URL of a web program."""
        return f"http://{LOOPBACK}:{self.one(program, 'http')}"


def replaced(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the components that the caller brings along, with their addresses."""
    return {name: environ[key] for name, key in COMPONENT_SETTINGS.items() if environ.get(key)}


def printable(url: str) -> str:
    """Return a URL without its password."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", "@") if password else url
