# SPDX-License-Identifier: EUPL-1.2
"""The command line: migrate, worker, keys, channels, deliveries."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from communique import logs
from communique.errors import CommuniqueError, Refused
from communique.keys_command import add_keys_command
from communique.settings import read
from communique.supervise import run_loops
from syndicator.bootstrap import Service, build
from syndicator.commands import channels, deliveries
from syndicator.settings import Settings

LOOPS: Final = ("inbox", "deliverer", "relay")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    given = _parser().parse_args(arguments)
    try:
        status: int = given.run(given)
    except Refused as error:
        sys.stderr.write(f"syndicator: {error.detail}\n")
        for place, lines in error.errors.items():
            sys.stderr.writelines(f"  {place}: {line}\n" for line in lines)
        return 2
    except (CommuniqueError, ValueError, OSError) as error:
        sys.stderr.write(f"syndicator: {error}\n")
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="syndicator",
        description="Takes published articles to every channel, and proves that they arrived.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    migrate = commands.add_parser("migrate", help="bring the schema to its newest revision")
    migrate.set_defaults(run=_migrate)
    worker = commands.add_parser("worker", help="run the background loops until SIGTERM")
    worker.add_argument(
        "--only", action="append", choices=LOOPS, help="run this loop only; may be repeated"
    )
    worker.set_defaults(run=_worker)
    add_keys_command(commands, lambda: _service().keys())
    environ = dict(os.environ)  # noqa: TID251  # destinations and credentials come from it
    channels.add_commands(commands, lambda: _service().deps, environ)
    deliveries.add_commands(commands, lambda: _service().deps)
    return parser


def _service() -> Service:
    settings = read(Settings, os.environ)  # noqa: TID251  # this is the one place
    logs.configure("syndicator", settings.log_level)
    return build(settings)


def _migrate(_given: argparse.Namespace) -> int:
    _service().migrate()
    return 0


def _worker(given: argparse.Namespace) -> int:
    service = _service()
    loops = {
        "inbox": service.inbox().run,
        "deliverer": service.deliverer().run,
        "relay": service.relay().run,
    }
    wanted = given.only or LOOPS
    return run_loops(
        {name: loop for name, loop in loops.items() if name in wanted},
        health_port=service.settings.health_port,
    )


if __name__ == "__main__":
    sys.exit(main())
