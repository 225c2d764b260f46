# SPDX-License-Identifier: EUPL-1.2
"""Run commands that end by themselves, and read the ends of logs."""

import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from local_stack.errors import StackError
from local_stack.home import CHECKOUT

GUARD: Final = Path(__file__).with_name("guard.py")


def guarded(command: Iterable[object], *options: str) -> list[str]:
    """Return the command as run by the guard."""
    return [sys.executable, "-I", "-S", str(GUARD), *options, "--", *map(str, command)]


def run(
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    text: str | None = None,
) -> None:
    """Run a command to its end with its output in a log; a failure shows the end of it."""
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603 - our own commands
            command,
            cwd=CHECKOUT,
            env=environment,
            input=text.encode() if text is not None else None,
            stdin=subprocess.DEVNULL if text is None else None,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        raise StackError(f"{log.stem} failed ({done.returncode}); the end of {log}:\n{tail(log)}")


def tail(log: Path, lines: int = 20) -> str:
    """Return the last lines of a log, indented."""
    if not log.exists():
        return "  (no log)"
    content = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "\n".join(f"  {line}" for line in content) or "  (empty)"
