# SPDX-License-Identifier: EUPL-1.2
"""`syndicator deliveries list|show|retry|waive|resolve`."""

import argparse
import sys
from collections.abc import Callable
from typing import Final

import orjson

from communique.errors import NotFound
from communique.events.delivery import DeliveryState
from communique.ids import is_id
from syndicator.api.schemas import DeliverySchema
from syndicator.domain.delivery import Delivery
from syndicator.domain.transitions import Found
from syndicator.ports import DeliveryQuery, Deps
from syndicator.use_cases import operate

ACTOR: Final = "command line"


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    open_deps: Callable[[], Deps],
) -> None:
    """Add the `deliveries` commands."""
    parser = commands.add_parser("deliveries", help="see deliveries, and help those in trouble")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="show deliveries, one a line, the newest last")
    listing.add_argument("--article", help="only of this article")
    listing.add_argument("--channel", help="only on this channel")
    listing.add_argument("--state", type=DeliveryState, choices=list(DeliveryState))
    listing.add_argument("--after", help="continue after this delivery")
    listing.add_argument("--limit", type=int, default=100)
    listing.set_defaults(run=lambda given: _list(given, open_deps()))
    show = _one(actions, "show", "show everything about a delivery")
    show.set_defaults(run=lambda given: _show(given.id, open_deps()))
    retry = _one(actions, "retry", "try again now; lets a held delivery go")
    retry.set_defaults(run=lambda given: _print(operate.retry(given.id, ACTOR, open_deps())))
    waive = _one(actions, "waive", "close a delivery without its being done")
    waive.add_argument("--why", required=True)
    waive.set_defaults(
        run=lambda given: _print(operate.waive(given.id, ACTOR, given.why, open_deps()))
    )
    resolve = _one(actions, "resolve", "say what became of a call whose outcome is unknown")
    outcome = resolve.add_mutually_exclusive_group(required=True)
    outcome.add_argument("--absent", action="store_true", help="nothing was done; send again")
    outcome.add_argument("--delivered", metavar="EXTERNAL_ID", help="it stands there as this")
    resolve.add_argument("--url", help="where a person sees it")
    resolve.set_defaults(run=lambda given: _resolve(given, open_deps()))


def _one(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", word: str, meaning: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(word, help=meaning)
    parser.add_argument("id", type=_id, help="the delivery's id, as `deliveries list` shows it")
    return parser


def _id(text: str) -> str:
    if not is_id(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not the id of a delivery")
    return text


def _list(given: argparse.Namespace, deps: Deps) -> int:
    query = DeliveryQuery(given.article, given.channel, given.state, given.after, given.limit)
    with deps.begin() as work:
        rows = work.deliveries.search(query)
    for row in rows:
        _print(row)
    if not rows:
        sys.stdout.write("No deliveries.\n")
    return 0


def _show(delivery: str, deps: Deps) -> int:
    with deps.begin() as work:
        row = work.deliveries.get(delivery)
    if row is None:
        raise NotFound(f"There is no delivery {delivery}.")
    document = orjson.dumps(DeliverySchema().dump(row), option=orjson.OPT_INDENT_2)
    sys.stdout.write(document.decode() + "\n")
    return 0


def _resolve(given: argparse.Namespace, deps: Deps) -> int:
    found = None if given.absent else Found(given.delivered, given.url)
    return _print(operate.resolve(given.id, ACTOR, found, deps))


def _print(row: Delivery) -> int:
    versions = f"v{row.version or '-'}/v{row.wanted.version}"
    line = f"{row.id}  {row.channel:20} {row.locale:8} {versions:8} {row.action:8} {row.state}"
    sys.stdout.write(line + (f"  {row.reason}" if row.reason else "") + "\n")
    return 0
