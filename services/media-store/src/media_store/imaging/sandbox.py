# SPDX-License-Identifier: EUPL-1.2
"""Starts one limited process per picture, so that a crashing decoder kills only itself."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

import structlog

from media_store.domain.errors import DecoderFailed, Unreadable
from media_store.imaging.messages import Limits, Task, read_answer, write_task
from media_store.ports import Made, Order

log = structlog.get_logger()
_COMMAND: Final = (sys.executable, "-I", "-m", "media_store.imaging.child")
_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    "VIPS_CONCURRENCY": "2",
    "VIPS_BLOCK_UNTRUSTED": "1",  # only the decoders that are fuzzed upstream
}
_MOST_SAID: Final = 2_000


class SandboxedImages:
    """Decodes each picture in a process with limits and without our environment."""

    def __init__(self, limits: Limits) -> None:
        """Keep the limits."""
        self._limits = limits

    def make(self, source: Path, directory: Path, order: Order) -> Made:
        """Make the ordered renditions in a directory.

        Raises:
            Unreadable: the file can never become a picture.
            DecoderFailed: the decoder crashed or reached a limit.
        """
        task = write_task(Task(source, directory, order, self._limits))
        with tempfile.TemporaryFile(dir=directory) as said:
            answer = self._run(task, said)
        if isinstance(answer, str):
            raise Unreadable(answer)
        return answer

    def _run(self, task: bytes, said: BinaryIO) -> Made | str:
        try:
            done = subprocess.run(  # noqa: S603  # a literal command
                _COMMAND,
                input=task,
                stdout=subprocess.PIPE,
                stderr=said,
                env=_ENVIRONMENT,
                timeout=self._limits.wall_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise DecoderFailed(f"took longer than {self._limits.wall_seconds} s") from error
        if done.returncode != 0:
            raise DecoderFailed(f"{_ending(done.returncode)}: {_tail(said)}")
        try:
            return read_answer(done.stdout)
        except ValueError as error:
            raise DecoderFailed("gave no answer") from error


def _ending(status: int) -> str:
    return f"ended by {signal.Signals(-status).name}" if status < 0 else f"ended with {status}"


def _tail(said: BinaryIO) -> str:
    said.seek(max(0, said.seek(0, 2) - _MOST_SAID))
    return said.read().decode(errors="replace").strip()
