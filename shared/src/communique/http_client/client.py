# SPDX-License-Identifier: EUPL-1.2
"""One request to a checked address, and its whole answer."""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)

from communique.errors import CommuniqueError
from communique.http_client.addresses import is_public
from communique.http_client.deadline import HttpPool, HttpsPool, cut_off

_MOST_BYTES: Final = 2_000_000
_CHUNK: Final = 65_536
_PORTS: Final = {"http": 80, "https": 443}


class NotSent(CommuniqueError):
    """The request did not reach the server."""


class NoAnswer(CommuniqueError):
    """The request may have reached the server, and no whole answer came back."""


class AddressRefused(NotSent):
    """The address is not one we call: private, local, or not http(s)."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A whole answer; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpClient:
    """A pool of connections to addresses that have been checked."""

    def __init__(self, *, allow_private: bool = False) -> None:
        """Allow private and loopback addresses only for a stack on one machine."""
        self._allow_private = allow_private
        self._pools: dict[tuple[str, str, int, str], urllib3.HTTPConnectionPool] = {}

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        deadline: float = 8.0,
    ) -> HttpAnswer:
        """Send one request and read the answer; `deadline` is in seconds for all of it.

        Raises:
            AddressRefused: the URL leads where we do not go.
            NotSent: no connection could be made.
            NoAnswer: a connection was made and no whole answer came.
        """
        end = time.monotonic() + deadline
        pool, target, host = self._pool(url)
        try:
            with cut_off(end):
                response = pool.urlopen(
                    method,
                    target,
                    body=body,
                    headers={"Host": host, "User-Agent": "communique", **(headers or {})},
                    timeout=urllib3.Timeout(connect=min(3.0, deadline), read=deadline),
                    retries=False,
                    redirect=False,
                    assert_same_host=False,
                    preload_content=False,
                    decode_content=False,
                )
                try:
                    content = _read(response)
                finally:
                    response.release_conn()
        except (NewConnectionError, ConnectTimeoutError, NameResolutionError) as error:
            raise NotSent(str(error)) from error
        except (HTTPError, OSError) as error:
            if isinstance(error, SSLError) and isinstance(
                error.args[0], ssl.SSLCertVerificationError
            ):
                raise NotSent(f"the certificate of {host} is not good: {error}") from error
            raise NoAnswer(str(error)) from error
        return HttpAnswer(
            status=response.status,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=content,
        )

    def _pool(self, url: str) -> tuple[urllib3.HTTPConnectionPool, str, str]:
        parts, host, port = _split(url)
        address = self._resolve(host, port)
        place = (parts.scheme, host, port, address)
        if place not in self._pools:
            self._pools[place] = (
                HttpsPool(address, port, maxsize=4, server_hostname=host, assert_hostname=host)
                if parts.scheme == "https"
                else HttpPool(address, port, maxsize=4)
            )
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return self._pools[place], target, parts.netloc.rpartition("@")[2]

    def _resolve(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NotSent(f"{host} has no address: {error}") from error
        addresses = [str(each[4][0]) for each in found]
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise AddressRefused(f"{host} has the private address {address}")
        return addresses[0]


def _split(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(f"{url} is not a URL: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise AddressRefused(f"{url} is not an absolute http or https URL")
    return parts, parts.hostname, port or _PORTS[parts.scheme]


def _read(response: urllib3.BaseHTTPResponse) -> bytes:
    content = b""
    for chunk in response.stream(_CHUNK):
        content += chunk
        if len(content) > _MOST_BYTES:
            response.close()
            raise NoAnswer(f"the answer is over {_MOST_BYTES} bytes")
    return content
