# SPDX-License-Identifier: EUPL-1.2
"""The process that decodes one picture: task on standard input, answer on standard output."""

import ctypes
import resource
import signal
import sys
from typing import Final

from media_store.domain.errors import Unreadable
from media_store.imaging import vips
from media_store.imaging.messages import Limits, read_task, write_made, write_unreadable

_PR_SET_PDEATHSIG: Final = 1  # from linux/prctl.h


def main() -> int:
    """Do the task; a picture beyond help is an answer, everything else a crash."""
    _die_with_parent()
    task = read_task(sys.stdin.buffer.read())
    _limit(task.limits)
    try:
        answer = write_made(vips.make(task.source, task.directory, task.order))
    except Unreadable as error:
        answer = write_unreadable(error.reason)
    sys.stdout.buffer.write(answer)
    return 0


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the worker that started it is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        allowed = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (allowed, allowed))


if __name__ == "__main__":
    sys.exit(main())
