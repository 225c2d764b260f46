# SPDX-License-Identifier: EUPL-1.2
"""The command line: migrate, worker, keys."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from communique import logs
from communique.errors import CommuniqueError
from communique.keys_command import add_keys_command
from communique.settings import read
from communique.supervise import run_loops
from media_store.bootstrap import Service, build
from media_store.settings import Settings

LOOPS: Final = ("relay", "renditions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    given = _parser().parse_args(arguments)
    try:
        status: int = given.run(given)
    except (CommuniqueError, ValueError) as error:
        sys.stderr.write(f"media-store: {error}\n")
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="media-store", description="Originals, renditions, and links to them."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    migrate = commands.add_parser("migrate", help="bring schema and bucket to their newest state")
    migrate.set_defaults(run=_migrate)
    worker = commands.add_parser("worker", help="run the background loops until SIGTERM")
    worker.add_argument(
        "--only", action="append", choices=LOOPS, help="run this loop only; may be repeated"
    )
    worker.set_defaults(run=_worker)
    add_keys_command(commands, lambda: _service().keys())
    return parser


def _service() -> Service:
    settings = read(Settings, os.environ)  # noqa: TID251  # this is the one place
    logs.configure("media-store", settings.log_level)
    return build(settings)


def _migrate(_given: argparse.Namespace) -> int:
    _service().migrate()
    return 0


def _worker(given: argparse.Namespace) -> int:
    service = _service()
    loops = {"relay": service.relay().run, "renditions": service.renditions().run}
    wanted = given.only or LOOPS
    return run_loops(
        {name: loop for name, loop in loops.items() if name in wanted},
        health_port=service.settings.health_port,
    )


if __name__ == "__main__":
    sys.exit(main())
