# SPDX-License-Identifier: EUPL-1.2
"""The command `local-stack`."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from rich.console import Console

from local_stack import commands
from local_stack.errors import StackError
from local_stack.home import CHECKOUT
from local_stack.plan import BROKERS
from local_stack.programs import COMPONENTS, programs
from local_stack.stack import Stack

Command: TypeAlias = Callable[[Stack, Console, argparse.Namespace], int]


def main() -> None:
    """Run the command line."""
    environ = os.environ  # noqa: TID251 - the one place that reads it
    arguments = parser(environ).parse_args()
    console = Console()
    try:
        sys.exit(dispatch(arguments, environ, console))
    except StackError as error:
        print(f"local-stack: {error}", file=sys.stderr)  # noqa: T201 - plain, for scripts to read
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def dispatch(arguments: argparse.Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Do what the arguments say and return the exit status."""
    stack = Stack(
        arguments.home,
        arguments.offset,
        arguments.broker,
        environ=environ,
        report=lambda message: console.print(f"  {message}", highlight=False),
    )
    run: Command = arguments.run
    return run(stack, console, arguments)


def parser(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    result = argparse.ArgumentParser(prog="local-stack", description="Run Communiqué locally.")
    result.add_argument(
        "--home", type=Path, default=CHECKOUT / ".local", help="where data and logs are kept"
    )
    result.add_argument(
        "--offset", type=offset, default=0, metavar="N", help="shift every port by N"
    )
    result.add_argument(
        "--broker",
        choices=BROKERS,
        default=environ.get("BROKER") or BROKERS[0],
        help="which broker to run (default: the environment's BROKER, else %(default)s)",
    )
    add_commands(result)
    return result


def add_commands(result: argparse.ArgumentParser) -> None:
    """Add every command to the parser, each with the function that it runs."""
    names = list(programs(BROKERS[0]))
    known = result.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command, meaning: str) -> argparse.ArgumentParser:
        command = known.add_parser(name, help=meaning, description=meaning)
        command.set_defaults(run=run)
        return command

    up = add("up", commands.up, "start in the background and wait until everything answers")
    run = add("run", commands.run, "run in the foreground with all logs")
    for command in (up, run):
        command.add_argument("programs", nargs="*", help=f"all, unless named: {', '.join(names)}")
    add("down", commands.down, "stop everything and wait until the ports are free")
    add("status", commands.status, "show what runs")
    add("clean", commands.clean, "stop everything and delete all data")
    logs = add("logs", commands.logs, "show the logs of all programs or of one")
    logs.add_argument("program", nargs="?", choices=names)
    logs.add_argument("--lines", type=int, default=20, help="how many to begin with")
    logs.add_argument("--follow", "-f", action="store_true", help="go on with what is added")
    restart = add("restart", commands.restart, "restart one program")
    restart.add_argument("program", choices=names)
    components = add("components", commands.up, "start only PostgreSQL, S3 and the broker")
    components.add_argument("action", choices=["up"])
    components.set_defaults(programs=list(COMPONENTS))


def offset(text: str) -> int:
    """Return a number that leaves every port in range."""
    number = int(text)
    if not 0 <= number <= 50000:
        raise argparse.ArgumentTypeError("must be between 0 and 50000")
    return number


if __name__ == "__main__":
    main()
