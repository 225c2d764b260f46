# SPDX-License-Identifier: EUPL-1.2
"""Become a program that does not outlive the process that started it.

Run by path with `python -I -S`, so it imports nothing but the standard library, and little of that.
The kernel forgets the death signal when credentials change: it is asked for last, just before exec.
"""

import argparse
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Final

CLONE_NEWUSER: Final = 0x10000000
PR_SET_PDEATHSIG: Final = 1
INNER_USER: Final = 1000


def enter_user_namespace() -> None:
    """Stop being root in the eyes of the program, yet keep the access root has to its own files."""
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"unshare: {os.strerror(number)}")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{INNER_USER} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{INNER_USER} {group} 1", encoding="ascii")


def leave_root(directory: Path) -> None:
    """Become the owner of the directory; where that is root, a user of a new namespace."""
    if os.geteuid() != 0:
        return
    owner = directory.stat()
    if owner.st_uid == 0:
        enter_user_namespace()
        return
    os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)


def die_with_parent(parent: int, number: signal.Signals) -> None:
    """Ask the kernel for a signal when the parent ends, and leave if it already has."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if parent == 1 or os.getppid() != parent:
        sys.exit("guard: the parent has ended")


def main() -> None:
    """Set up what the arguments ask for, then become the command."""
    parent = os.getppid()
    parser = argparse.ArgumentParser(prog="guard", description=__doc__)
    parser.add_argument("--signal", default="SIGTERM", choices=["SIGTERM", "SIGINT", "SIGKILL"])
    parser.add_argument("--owner-of", type=Path, help="stop being root; become this path's owner")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    if arguments.owner_of:
        leave_root(arguments.owner_of)
    die_with_parent(parent, signal.Signals[arguments.signal])
    os.execvp(arguments.command[0], arguments.command)  # noqa: S606 - becoming the program is the point


if __name__ == "__main__":
    main()
