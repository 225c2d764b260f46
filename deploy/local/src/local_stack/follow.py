# SPDX-License-Identifier: EUPL-1.2
"""Show the logs of several programs as one stream, each line with its program's name and colour."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from local_stack.home import Home

PAUSE: Final = 0.2
COLOURS: Final = (
    "blue",
    "cyan",
    "magenta",
    "green",
    "bright_green",
    "yellow",
    "bright_yellow",
    "bright_blue",
    "bright_cyan",
    "bright_magenta",
)


@dataclass(slots=True)
class LogFile:
    """A log that grows and is sometimes replaced by a new one."""

    path: Path
    position: int = 0
    inode: int = 0
    rest: bytes = field(default=b"", repr=False)

    def lines(self) -> list[str]:
        """Return the complete lines added since the last call."""
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return []
        if state.st_ino != self.inode or state.st_size < self.position:
            self.position = self.position if self.inode == 0 else 0
            self.inode = state.st_ino
        with self.path.open("rb") as log:
            log.seek(self.position)
            added = log.read()
        self.position += len(added)
        *complete, self.rest = (self.rest + added).split(b"\n")
        return [line.decode("utf-8", errors="replace") for line in complete]


def log_files(home: Home, names: Iterable[str]) -> dict[str, LogFile]:
    """Return the logs of the programs as they stand, so that only what follows is shown."""
    files = {name: LogFile(home.log(name)) for name in names}
    for file in files.values():
        if file.path.exists():
            state = file.path.stat()
            file.position, file.inode = state.st_size, state.st_ino
    return files


def follow(files: dict[str, LogFile], console: Console, proceed: Callable[[], bool]) -> None:
    """Print what is added to the logs for as long as told to."""
    width = max(len(name) for name in files)
    while True:
        last = not proceed()
        for colour, (name, file) in enumerate(files.items()):
            prefix = Text(f"{name:<{width}} | ", style=COLOURS[colour % len(COLOURS)])
            for line in file.lines():
                console.print(prefix + Text(line), soft_wrap=True, highlight=False)
        if last:
            return
        time.sleep(PAUSE)
