# SPDX-License-Identifier: EUPL-1.2
"""Find out who holds a port before a program of ours stumbles over it."""

import errno
import socket
from collections.abc import Iterable
from textwrap import shorten
from typing import Final

import psutil

from local_stack.addresses import LOOPBACK, Ports
from local_stack.errors import PortTaken

_SHOWN: Final = 120  # characters of the holder's command line


def check(ports: Ports, programs: Iterable[str]) -> None:
    """Raise PortTaken with a line for every port that is not free."""
    taken = [
        f"Port {port} is wanted by {program} but held by {holder(port)}."
        for program in programs
        for port in ports.of(program).values()
        if not free(port)
    ]
    if taken:
        raise PortTaken("\n".join([*taken, "Stop what holds it, or shift ours with --offset."]))


def free(port: int) -> bool:
    """Say whether a server could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
            candidate.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def holder(port: int) -> str:
    """Describe the process that listens on a port."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        connections = []
    for connection in connections:
        listens = connection.status == psutil.CONN_LISTEN
        if listens and connection.laddr and connection.laddr.port == port and connection.pid:
            try:
                process = psutil.Process(connection.pid)
                command = shorten(" ".join(process.cmdline()), _SHOWN, placeholder=" …")
                return f"process {process.pid} ({process.name()}): {command}"
            except psutil.Error:
                continue
    return "a process that this user may not see"
