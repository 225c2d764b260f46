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
        """Return a fresh connection, since supervisord closes it after each answer."""
        del host
        return SocketConnection(self.path)


def supervisor(path: Path) -> Any:
    """Return supervisord's own methods, such as `startProcess`."""
    proxy = xmlrpc.client.ServerProxy("http://localhost", transport=SocketTransport(path))
    return proxy.supervisor
