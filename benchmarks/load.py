# SPDX-License-Identifier: EUPL-1.2
"""A small closed-loop client: some keep-alive connections, each sends again once it has the answer.

It is the same for both sides of a ratio, so what it costs cancels out as far as it can.
"""

import selectors
import socket
import time
from dataclasses import dataclass

_RECEIVE = 262_144


@dataclass(frozen=True, slots=True)
class Request:
    """One GET, sent over and over."""

    port: int
    path: str
    key: str | None = None

    def bytes(self) -> bytes:
        """Write the request."""
        lines = [f"GET {self.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.key:
            lines.append(f"Authorization: Bearer {self.key}")
        return "\r\n".join([*lines, "", ""]).encode()


def rate(request: Request, *, seconds: float, connections: int = 8) -> float:
    """Return answers per second; every answer must have the length of the first."""
    asked, length = request.bytes(), _length(request)
    selector = selectors.DefaultSelector()
    sockets = [socket.create_connection(("127.0.0.1", request.port)) for _ in range(connections)]
    received = dict.fromkeys(sockets, 0)
    for one in sockets:
        selector.register(one, selectors.EVENT_READ, one)
        one.sendall(asked)
    done, started = 0, time.perf_counter()
    end = started + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(timeout=1):
            each: socket.socket = key.data
            got = len(each.recv(_RECEIVE))
            if got == 0:
                raise ConnectionError("the server closed a connection")
            received[each] += got
            if received[each] >= length:
                received[each] = 0
                done += 1
                each.sendall(asked)
    elapsed = time.perf_counter() - started
    for one in sockets:
        one.close()
    return done / elapsed


def _length(request: Request) -> int:
    """Ask once and return how many bytes the whole answer has."""
    with socket.create_connection(("127.0.0.1", request.port)) as one:
        one.settimeout(5)
        one.sendall(request.bytes())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += one.recv(_RECEIVE)
        head, _, _ = answer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(head.decode())
        sizes = [
            line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
        ]
        return len(head) + 4 + int(sizes[0].partition(b":")[2])
