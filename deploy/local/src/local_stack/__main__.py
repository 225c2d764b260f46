# SPDX-License-Identifier: EUPL-1.2
"""The command `local-stack`."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from local_stack import commands
from local_stack.errors import StackError
from local_stack.home import CHECKOUT
from local_stack.plan import BROKERS
from local_stack.programs import COMPONENTS, programs
from local_stack.stack import Stack


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
    match arguments.command:
        case "up":
            return commands.up(stack, console, arguments.programs or None)
        case "run":
            return commands.run(stack, console, arguments.programs or None)
        case "components":
            return commands.up(stack, console, COMPONENTS)
        case "logs":
            chosen, lines = arguments.program, arguments.lines
            return commands.logs(stack, console, chosen, lines, go_on=arguments.follow)
        case "restart":
            return commands.restart(stack, console, arguments.program)
        case other:
            plain = {
                "clean": commands.clean,
                "down": commands.down,
                "status": commands.status,
            }
            return plain[other](stack, console)


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
    """Add every command to the parser."""
    names = list(programs(BROKERS[0]))
    known = result.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up = known.add_parser("up", help="start in the background and wait until everything answers")
    known.add_parser("down", help="stop everything and wait until the ports are free")
    run = known.add_parser("run", help="run in the foreground with all logs")
    for command in (up, run):
        command.add_argument("programs", nargs="*", help=f"all, unless named: {', '.join(names)}")
    known.add_parser("status", help="show what runs")
    known.add_parser("clean", help="stop everything and delete all data")
    logs = known.add_parser("logs", help="show the logs of all programs or of one")
    logs.add_argument("program", nargs="?", choices=names)
    logs.add_argument("--lines", type=int, default=20, help="how many to begin with")
    logs.add_argument("--follow", "-f", action="store_true", help="go on with what is added")
    restart = known.add_parser("restart", help="restart one program")
    restart.add_argument("program", choices=names)
    components = known.add_parser("components", help="start only PostgreSQL, S3 and the broker")
    components.add_argument("action", choices=["up"])


def offset(text: str) -> int:
    """Return a number that leaves every port in range."""
    number = int(text)
    if not 0 <= number <= 50000:
        raise argparse.ArgumentTypeError("must be between 0 and 50000")
    return number


if __name__ == "__main__":
    main()
