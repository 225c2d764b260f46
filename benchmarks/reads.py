# SPDX-License-Identifier: EUPL-1.2
"""A hot read of the product against a bare WSGI callable with the same bytes, same gunicorn."""

import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import urllib3

from benchmarks.load import Request, rate

_ROUNDS = 5
_SECONDS = 2.0
_PER_HOP = {"date", "server", "connection", "transfer-encoding"}


def compare(
    request: Request, bare_port: int, configuration: Path, variables: Mapping[str, str]
) -> tuple[float, float, float]:
    """Return the median of the ratio over interleaved rounds, and both rates of that round."""
    headers, body = _answer(request)
    with _bare(headers, body, bare_port, (configuration, variables)):
        bare = Request(bare_port, request.path, request.key)
        rate(request, seconds=0.5)
        rate(bare, seconds=0.5)
        rounds = []
        for _ in range(_ROUNDS):
            ours, theirs = rate(request, seconds=_SECONDS), rate(bare, seconds=_SECONDS)
            rounds.append((ours / theirs, ours, theirs))
    middle = statistics.median(each[0] for each in rounds)
    return next(each for each in rounds if each[0] == middle)


def _answer(request: Request) -> tuple[list[tuple[str, str]], bytes]:
    headers = {"Authorization": f"Bearer {request.key}"} if request.key else {}
    url = f"http://127.0.0.1:{request.port}{request.path}"
    got = urllib3.request("GET", url, headers=headers)
    if got.status != 200:
        raise ConnectionError(f"{url}: {got.status}")
    return [(k, v) for k, v in got.headers.items() if k.lower() not in _PER_HOP], got.data


@contextmanager
def _bare(
    headers: list[tuple[str, str]],
    body: bytes,
    port: int,
    gunicorn: tuple[Path, Mapping[str, str]],
) -> Iterator[None]:
    configuration, variables = gunicorn
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        answer.write_bytes(pickle.dumps((headers, body)))
        server = subprocess.Popen(  # noqa: S603  # our own command
            [
                *(Path(sys.executable).parent / "gunicorn", "--no-control-socket"),
                *("-c", configuration, "-b", f"127.0.0.1:{port}", "benchmarks.bare:application"),
            ],
            env={**os.environ, **variables, "COMMUNIQUE_BENCH_ANSWER": str(answer)},  # noqa: TID251  # a start of a process
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            yield
        finally:
            server.terminate()
            server.wait(10)


def _wait(port: int) -> None:
    end = time.monotonic() + 15
    while True:
        try:
            urllib3.request("GET", f"http://127.0.0.1:{port}/", retries=False, timeout=1)
        except urllib3.exceptions.HTTPError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
