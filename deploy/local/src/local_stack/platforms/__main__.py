# SPDX-License-Identifier: EUPL-1.2
"""Serves the platforms on the loopback address until told to stop."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from werkzeug.serving import make_server

from communique.clock import SystemClock
from local_stack.platforms.app import Accounts, create_app

FACEBOOK_PAGE = "104500000000001"
X_USER = "1450000000000000001"


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    options = _parser().parse_args(arguments)
    accounts = _accounts(options, os.environ)  # noqa: TID251  # a start of a process
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server(
        "127.0.0.1", options.port, create_app(accounts, options.data, SystemClock()), threaded=True
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.stdout.write(f"platforms on http://127.0.0.1:{options.port}\n")
    sys.stdout.flush()
    server.serve_forever()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local_stack.platforms", description=__doc__)
    parser.add_argument("--port", type=int, default=8051)
    parser.add_argument("--data", type=Path, required=True, help="where to keep what was sent")
    parser.add_argument(
        "--facebook", action="append", default=[], metavar="PAGE=TOKEN",
        help=f"a Page; else {FACEBOOK_PAGE} with COMMUNIQUE_FACEBOOK_TOKEN",
    )  # fmt: skip
    parser.add_argument(
        "--x", action="append", default=[], metavar="USER=TOKEN",
        help=f"an X account; else {X_USER} with COMMUNIQUE_X_TOKEN",
    )  # fmt: skip
    parser.add_argument(
        "--webhook-secret", metavar="whsec_...", help="else COMMUNIQUE_WEBHOOK_SECRET"
    )
    return parser


def _accounts(options: argparse.Namespace, environment: Mapping[str, str]) -> Accounts:
    return Accounts(
        facebook=dict(pair.split("=", 1) for pair in options.facebook)
        or {FACEBOOK_PAGE: _needed(environment, "COMMUNIQUE_FACEBOOK_TOKEN")},
        x=dict(pair.split("=", 1) for pair in options.x)
        or {X_USER: _needed(environment, "COMMUNIQUE_X_TOKEN")},
        webhook_secret=options.webhook_secret or _needed(environment, "COMMUNIQUE_WEBHOOK_SECRET"),
    )


def _needed(environment: Mapping[str, str], name: str) -> str:
    if not environment.get(name):
        sys.exit(f"{name} is not set, and nothing on the command line stands for it")
    return environment[name]


if __name__ == "__main__":
    main()
