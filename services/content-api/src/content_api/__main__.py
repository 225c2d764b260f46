# SPDX-License-Identifier: EUPL-1.2
"""content-api migrate | worker | import | keys | signing | terms."""

import argparse
import os
import sys
from collections.abc import Sequence

from communique import logs
from communique.errors import CommuniqueError
from communique.keys import Keys
from communique.keys_command import add_keys_command
from communique.settings import read
from communique.supervise import run_loops
from content_api.bootstrap import LOOPS, build, migrate
from content_api.commands.import_history import add_import_command
from content_api.commands.signing import add_signing_command
from content_api.commands.terms import add_terms_command
from content_api.ports import Deps, SigningKeys
from content_api.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    given = _parser().parse_args(arguments)
    try:
        status: int = given.run(given)
    except (CommuniqueError, ValueError) as error:
        sys.stderr.write(f"content-api: {error}\n")
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="content-api", description="The canonical articles.")
    commands = parser.add_subparsers(dest="command", required=True)
    migration = commands.add_parser("migrate", help="bring the database schema up to date")
    migration.set_defaults(run=_migrate)
    worker = commands.add_parser("worker", help="run the loops that no request waits for")
    worker.add_argument(
        "--only",
        action="append",
        choices=LOOPS,
        help="run this loop alone; may be repeated (default: all)",
    )
    worker.set_defaults(run=_work)
    add_keys_command(commands, _keys)
    add_signing_command(commands, _signing_keys)
    add_import_command(commands, _deps)
    add_terms_command(commands, _deps)
    return parser


def _settings() -> Settings:
    return read(Settings, os.environ)  # noqa: TID251  # the entry point reads the environment


def _deps() -> Deps:
    return build(_settings()).deps


def _keys() -> Keys:
    return build(_settings()).keys()


def _signing_keys() -> SigningKeys:
    return build(_settings()).deps.signing_keys


def _migrate(_arguments: argparse.Namespace) -> int:
    settings = _settings()
    logs.configure("content-api", settings.log_level)
    migrate(settings)
    return 0


def _work(arguments: argparse.Namespace) -> int:
    settings = _settings()
    logs.configure("content-api", settings.log_level)
    loops = build(settings).loops()
    wanted = arguments.only or LOOPS
    return run_loops({name: loops[name] for name in wanted}, health_port=settings.health_port)


if __name__ == "__main__":
    sys.exit(main())
