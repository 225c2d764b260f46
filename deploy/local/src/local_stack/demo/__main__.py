# SPDX-License-Identifier: EUPL-1.2
"""Start the stack, play the story, show what arrived where, stop what was started."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from rich.console import Console

from local_stack.demo.cast import cast
from local_stack.demo.errors import StoryError
from local_stack.demo.sample_ministry import apply_channels, load_articles, load_registers
from local_stack.demo.telling import Silent, Teller
from local_stack.errors import StackError
from local_stack.stack import Stack


def main() -> int:
    """Return 0 only if every step was verified from outside."""
    arguments = _parser().parse_args()
    console = Console(soft_wrap=True)
    environ = os.environ  # noqa: TID251  # a start of a process
    stack = Stack(
        arguments.home,
        arguments.offset,
        environ.get("BROKER", "tansu"),
        environ=environ,
        report=lambda message: console.print(f"[dim]{message}[/dim]", highlight=False),
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    started = time.monotonic()
    ours = False
    try:
        if arguments.load:
            return load(stack, console)
        ours = stack.up(tethered=True)
        console.print(f"Stack is up after {time.monotonic() - started:.1f} s.", highlight=False)
        return play(stack, console)
    except (StackError, StoryError) as error:
        console.print(f"[bold red]✗ {error}[/bold red]", highlight=False)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped.")
        return 130
    finally:
        if ours and not arguments.keep:
            stack.down()


def load(stack: Stack, console: Console) -> int:
    """Give a stack that is up the sample channels and articles."""
    if not stack.supervision.facts():
        console.print("The stack is not up: run `make up` first.")
        return 1
    console.print(f"Channels: {apply_channels(stack)}", highlight=False)
    console.print(f"Registers: {load_registers(stack)}", highlight=False)
    for title in load_articles(cast(stack, Silent())):
        console.print(f"  published: {title}", highlight=False)
    return 0


def play(stack: Stack, console: Console) -> int:
    """Apply the channels, play the story, print the tables."""
    applied = apply_channels(stack)
    console.print(f"Sample ministry: {applied}", highlight=False)
    started = time.monotonic()
    with Teller(console) as teller:
        cast(stack, teller).play()
    console.print(teller.table())
    console.print(teller.hops(), highlight=False)
    console.print(
        f"[bold green]Every step verified from outside[/bold green] in "
        f"{time.monotonic() - started:.1f} s.",
        highlight=False,
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path(".local"))
    parser.add_argument("--offset", type=int, default=0, help="added to every port")
    parser.add_argument(
        "--load", action="store_true", help="only load the sample into a stack that is up"
    )
    parser.add_argument("--keep", action="store_true", help="leave the stack running afterwards")
    return parser


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
