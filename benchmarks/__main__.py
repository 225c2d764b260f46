# SPDX-License-Identifier: EUPL-1.2
"""Measure, print each ratio beside its limit, and exit 1 when one is not met."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.table import Table

from benchmarks.hops import round_trip, visible
from benchmarks.load import Request
from benchmarks.reads import compare
from communique.ids import new_id
from local_stack.demo.cast import cast
from local_stack.demo.sample_ministry import apply_channels
from local_stack.demo.telling import Silent
from local_stack.home import CHECKOUT
from local_stack.stack import Stack

OFFSET = 4000
BARE_PORT = 8090 + OFFSET
# One process on either side: with more, chance decides how connections spread over them.
# Requests are counted as always, against a limit that nobody reaches.
ONE_WORKER = {"COMMUNIQUE_WEB_WORKERS": "1", "COMMUNIQUE_RATE_LIMIT": "1000000000"}
READ_LIMIT = 0.8  # of the bare callable's rate, at least
# In bare round trips, at most: our side has the desk's HTTP call, its commit, the relay, the plan
# of every channel, the rendering and three commits of the delivery in it. First measured at 32.
HOP_LIMIT = 40.0


def main() -> int:
    """Start a stack of its own, measure, stop it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    environ = os.environ  # noqa: TID251  # a start of a process
    console = Console()
    variables = {**environ, **ONE_WORKER}
    stack = Stack(
        Path(".local/bench"),
        OFFSET,
        environ.get("BROKER", "tansu"),
        environ=variables,
        report=console.print,
    )
    stack.up(tethered=True)
    try:
        apply_channels(stack)
        table = Table(title="Ratios of this run")
        for column in ("what", "ours", "yardstick", "ratio", "limit", "met"):
            table.add_column(column)
        met = [_reads(stack, table), _hops(stack, table)]
        console.print(table)
    finally:
        stack.down()
    return 0 if all(met) else 1


def _reads(stack: Stack, table: Table) -> bool:
    story = cast(stack, Silent())
    document = story.prepared("resilient-deltas")
    expected = story.publish(document)
    reader = stack.credentials["reader"]
    ports = stack.plan.ports
    feed = Request(ports.one("syndicator-web", "http"), "/feeds/ministry-site.vi.atom")
    article = Request(
        ports.one("content-api-web", "http"),
        f"/v1/articles/{expected.target.id}?locale=vi",
        reader,
    )
    met = True
    for name, request, service in (
        ("feed read", feed, "syndicator"),
        ("article read, with key", article, "content-api"),
    ):
        configuration = CHECKOUT / "services" / service / "gunicorn.conf.py"
        ratio, ours, bare = compare(request, BARE_PORT, configuration, ONE_WORKER)
        row = (f"{ours:,.0f}/s", f"{bare:,.0f}/s bare WSGI", f"{ratio:.2f}", f"≥ {READ_LIMIT}")
        table.add_row(name, *row, "yes" if ratio >= READ_LIMIT else "NO")
        met = met and ratio >= READ_LIMIT
    return met


def _hops(stack: Stack, table: Table) -> bool:
    story = cast(stack, Silent())
    story.run = new_id()[-12:]
    bare = round_trip(stack.environment()["COMMUNIQUE_KAFKA"])
    ours = visible(story, "cultural-week")
    ratio = ours / bare
    row = (f"{ours * 1000:.0f} ms", f"{bare * 1000:.1f} ms produce and consume", f"{ratio:.1f}")
    met = ratio <= HOP_LIMIT
    table.add_row(
        "publish to visible in a feed", *row, f"≤ {HOP_LIMIT:.0f}", "yes" if met else "NO"
    )
    return met


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
