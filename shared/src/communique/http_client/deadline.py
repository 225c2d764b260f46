# SPDX-License-Identifier: EUPL-1.2
"""End an HTTP exchange at a moment, however slowly its bytes drip.

urllib3's timeouts are per read: a server that sends one byte a second never meets them.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection


class _Exchange:
    """The socket in use; shut down once at most, and never after the exchange is over."""

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.was_cut = False
        self._over = False
        self._lock = threading.Lock()

    def cut(self) -> None:
        with self._lock:
            if self._over or self.sock is None:
                return
            self.was_cut = True
            with suppress(OSError):  # the other side was faster
                # not SSLSocket.shutdown: the reader still needs its TLS state to notice the end
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def finish(self) -> None:
        with self._lock:
            self._over = True


_present = threading.local()


@contextmanager
def cut_off(end: float) -> Iterator[None]:
    """Shut the socket of this thread's exchange down at `end` (monotonic clock).

    Raises:
        TimeoutError: that has happened.
    """
    exchange = _present.exchange = _Exchange()
    timer = threading.Timer(max(0.0, end - time.monotonic()), exchange.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        exchange.finish()
        timer.cancel()
    if exchange.was_cut:  # http.client takes a head that ends early for a whole one
        raise TimeoutError("the answer took too long")


class _Watched(HTTPConnection):
    def request(self, *parts: Any, **options: Any) -> None:
        if self.sock is None:
            self.connect()
        _present.exchange.sock = self.sock
        super().request(*parts, **options)


class _WatchedTls(HTTPSConnection):
    def request(self, *parts: Any, **options: Any) -> None:
        if self.sock is None:
            self.connect()
        _present.exchange.sock = self.sock
        super().request(*parts, **options)


class HttpPool(urllib3.HTTPConnectionPool):
    """Connections that `cut_off` can end."""

    ConnectionCls = _Watched


class HttpsPool(urllib3.HTTPSConnectionPool):
    """TLS connections that `cut_off` can end."""

    ConnectionCls = _WatchedTls
