# SPDX-License-Identifier: EUPL-1.2
"""Speak XML-RPC with supervisord through its socket."""

import http.client
import socket
import xmlrpc.client
from pathlib import Path
from typing import Any


class SocketConnection(http.client.HTTPConnection):
    """HTTP through a socket in the file system."""

    def __init__(self, path: Path, timeout: float = 15) -> None:
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self) -> None:
        """Connect to the socket instead of to a host."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class SocketTransport(xmlrpc.client.Transport):
    """XML-RPC through a socket in the file system."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        """Return a fresh connection, which `close` finds again."""
        connection = SocketConnection(self.path)
        self._connection = host, connection
        return connection


def call(path: Path, method: str, *arguments: object) -> Any:
    """Call one of supervisord's methods, such as `startProcess`."""
    with xmlrpc.client.ServerProxy("http://localhost", transport=SocketTransport(path)) as proxy:
        return getattr(proxy.supervisor, method)(*arguments)
