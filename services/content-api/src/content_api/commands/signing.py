# SPDX-License-Identifier: EUPL-1.2
"""The `signing` command: show, replace and retire the keys that sign what is published."""

import argparse
import sys
from collections.abc import Callable

from communique.clock import rfc3339
from content_api.domain.signature import PublicKey
from content_api.ports import SigningKeys


def add_signing_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    open_keys: Callable[[], SigningKeys],
) -> None:
    """Add `signing list|rotate|retire` to the command line."""
    parser = commands.add_parser("signing", help="show, replace and retire signing keys")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="show all keys, never their private halves")
    listing.set_defaults(run=lambda _arguments: _list(open_keys()))
    rotate = actions.add_parser(
        "rotate", help="sign with a new key from now on, and print its name"
    )
    rotate.set_defaults(run=lambda _arguments: _rotate(open_keys()))
    retire = actions.add_parser(
        "retire", help="publish a key no longer; refused while a public document needs it"
    )
    retire.add_argument("kid", help="the key's name, as `signing list` shows it")
    retire.set_defaults(run=lambda arguments: _retire(arguments, open_keys()))


def _list(keys: SigningKeys) -> int:
    for key in keys.all():
        sys.stdout.write(f"{key.kid}  {rfc3339(key.created_at)}  {_state(key)}\n")
    return 0


def _rotate(keys: SigningKeys) -> int:
    sys.stdout.write(f"{keys.rotate().kid}\n")
    return 0


def _retire(arguments: argparse.Namespace, keys: SigningKeys) -> int:
    keys.retire(arguments.kid)
    return 0


def _state(key: PublicKey) -> str:
    if key.retired_at is not None:
        return f"retired {rfc3339(key.retired_at)}"
    if key.replaced_at is not None:
        return f"replaced {rfc3339(key.replaced_at)}, published"
    return "signs now"
