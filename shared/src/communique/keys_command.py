# SPDX-License-Identifier: EUPL-1.2
"""The `keys` command that every service has: create, list, revoke."""

import argparse
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from communique.clock import rfc3339
from communique.keys import PREFIX, Key, Keys, new_secret

_MOST_DAYS: Final = 3_650


def add_keys_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", open_keys: Callable[[], Keys]
) -> None:
    """Add `keys create|list|revoke` to a service's command line."""
    parser = commands.add_parser("keys", help="create, list and revoke API keys")
    actions = parser.add_subparsers(dest="action", required=True)
    create = actions.add_parser("create", help="make a key and print its secret once")
    create.add_argument("--label", required=True, help="whose key it is")
    create.add_argument("--scopes", required=True, help="comma separated; * is everything")
    create.add_argument("--days", type=_days, help="how long it is valid (default: until revoked)")
    create.add_argument(
        "--secret-from-stdin", action="store_true", help="register this secret, print nothing"
    )
    create.set_defaults(run=lambda arguments: _create(arguments, open_keys()))
    listing = actions.add_parser("list", help="show all keys, never their secrets")
    listing.set_defaults(run=lambda _arguments: _list(open_keys()))
    revoke = actions.add_parser("revoke", help="end a key now")
    revoke.add_argument("id", help="the key's id, as `keys list` shows it")
    revoke.set_defaults(run=lambda arguments: _revoke(arguments, open_keys()))


def _create(arguments: argparse.Namespace, keys: Keys) -> int:
    given = sys.stdin.readline().strip() if arguments.secret_from_stdin else None
    if given is not None and (not given.startswith(PREFIX) or len(given) < len(PREFIX) + 40):
        sys.stderr.write(f"A secret starts with {PREFIX} and has 40 more characters or more.\n")
        return 2
    secret = given or new_secret()
    scopes = [scope.strip() for scope in arguments.scopes.split(",") if scope.strip()]
    if not scopes:
        sys.stderr.write("Name one scope or more; * is everything.\n")
        return 2
    made = keys.create(arguments.label, scopes, secret=secret, valid=arguments.days)
    if made.revoked_at is not None:
        sys.stderr.write("This key has been revoked, and stays so.\n")
    if given is None:
        sys.stdout.write(f"{secret}\n")
    return 0


def _days(text: str) -> timedelta:
    days = int(text)
    if not 1 <= days <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"give 1 to {_MOST_DAYS} days")
    return timedelta(days=days)


def _list(keys: Keys) -> int:
    found = keys.list()
    for key in found:
        sys.stdout.write(f"{_line(key)}\n")
    if not found:
        sys.stdout.write("No keys yet; make one with `keys create --label … --scopes …`.\n")
    return 0


def _revoke(arguments: argparse.Namespace, keys: Keys) -> int:
    keys.revoke(arguments.id)
    return 0


def _line(key: Key) -> str:
    state = "valid"
    if key.revoked_at:
        state = f"revoked {rfc3339(key.revoked_at)}"
    elif key.expires_at:
        state = f"until {rfc3339(key.expires_at)}"
    return f"{key.id}  {key.shown}…  {key.label:24}  {','.join(key.scopes)}  {state}"
