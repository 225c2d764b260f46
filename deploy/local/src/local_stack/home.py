# SPDX-License-Identifier: EUPL-1.2
"""Where the stack keeps its files, and the files that it keeps as JSON."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from local_stack.errors import StackError

CHECKOUT: Final = Path(__file__).resolve().parents[4]
LONGEST_SOCKET_PATH: Final = 90  # the kernel takes 107 bytes; supervisor appends a process id


@dataclass(frozen=True, slots=True)
class Home:
    """The directory of one stack, `.local` unless told otherwise."""

    path: Path

    @property
    def logs(self) -> Path:
        """Return the directory of the programs' logs."""
        return self.path / "log"

    @property
    def running(self) -> Path:
        """Return the directory of what is true only while the stack runs."""
        return self.path / "run"

    @property
    def socket(self) -> Path:
        """Return the path of supervisord's socket, short enough for the kernel."""
        near = self.running / "supervisor.sock"
        if len(str(near)) <= LONGEST_SOCKET_PATH:
            return near
        name = hashlib.sha256(str(near).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"communique-{name}" / "supervisor.sock"

    def log(self, program: str) -> Path:
        """Return the path of one program's log."""
        return self.logs / f"{program}.log"

    def make(self) -> None:
        """Make the directories; other users of the machine see nothing of them."""
        for directory in (self.path, self.logs, self.running):
            directory.mkdir(parents=True, exist_ok=True)
        self.running.chmod(0o700)
        sockets = self.socket.parent
        sockets.mkdir(mode=0o700, exist_ok=True)
        if sockets.stat().st_uid != os.geteuid():
            raise StackError(f"{sockets} belongs to another user; give a shorter --home.")


def read_json(path: Path) -> Any | None:
    """Return the content of a JSON file, or None where there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def write_json(path: Path, content: object) -> None:
    """Replace a JSON file in one step, readable by its owner alone."""
    draft = path.with_name(path.name + ".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)
