# SPDX-License-Identifier: EUPL-1.2
"""`syndicator channels apply|list|export|pause|resume`."""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from communique.errors import InvalidInput
from syndicator.api.schemas import read_channels
from syndicator.domain.channel import Channel, ChannelState
from syndicator.domain.channel_spec import to_spec
from syndicator.ports import Deps
from syndicator.use_cases.apply_channels import Described, apply_channels, set_channel_state

ACTOR: Final = "command line"
_VARIABLE: Final = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")
_MOST_BYTES: Final = 5_000_000


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    open_deps: Callable[[], Deps],
    environ: Mapping[str, str],
) -> None:
    """Add the `channels` commands."""
    parser = commands.add_parser("channels", help="describe, list, pause and resume channels")
    actions = parser.add_subparsers(dest="action", required=True)
    apply = actions.add_parser("apply", help="make the channels what a YAML file says")
    apply.add_argument("file", type=Path, help="the file; - is standard input")
    apply.set_defaults(run=lambda given: _apply(given.file, open_deps(), environ))
    listing = actions.add_parser("list", help="show every channel in a line")
    listing.set_defaults(run=lambda _given: _list(open_deps()))
    export = actions.add_parser("export", help="write every channel as YAML, without secrets")
    export.set_defaults(run=lambda _given: _export(open_deps()))
    for word, state in (("pause", ChannelState.PAUSED), ("resume", ChannelState.ACTIVE)):
        change = actions.add_parser(word, help=f"{word} a channel's lane")
        change.add_argument("name")
        change.set_defaults(run=lambda given, state=state: _set(given.name, state, open_deps()))


def read_file(text: str, environ: Mapping[str, str]) -> list[Described]:
    """Read a file of channels, with destinations and secrets from the environment.

    Raises:
        InvalidInput: it cannot be read; each fault is named by its line or its place.
    """
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InvalidInput("The file is not YAML.", errors=_place(error)) from error
    channels = read_channels(_filled(document, environ))
    return [
        Described(channel, _secret(number, channel, environ))
        for number, channel in enumerate(channels)
    ]


def _apply(file: Path, deps: Deps, environ: Mapping[str, str]) -> int:
    text = sys.stdin.read(_MOST_BYTES) if str(file) == "-" else file.read_text("utf-8")
    for name, applied in apply_channels(read_file(text, environ), ACTOR, deps):
        sys.stdout.write(f"{name}: {applied}\n")
    return 0


def _list(deps: Deps) -> int:
    with deps.begin() as work:
        records = work.channels.all()
    for record in records:
        channel = record.channel
        locales = ",".join(choice.locale for choice in channel.locales)
        formats = ",".join(channel.formats)
        sys.stdout.write(
            f"{channel.name:24} {record.state:8} {channel.connector:10} {locales:12} {formats}\n"
        )
    if not records:
        sys.stdout.write("No channels yet; see `syndicator channels apply --help`.\n")
    return 0


def _export(deps: Deps) -> int:
    with deps.begin() as work:
        specs = [to_spec(record.channel) for record in work.channels.all()]
    yaml.safe_dump({"channels": specs}, sys.stdout, allow_unicode=True, sort_keys=False)
    return 0


def _set(name: str, state: ChannelState, deps: Deps) -> int:
    set_channel_state(name, state, None, ACTOR, deps)
    sys.stdout.write(f"{name}: {state}\n")
    return 0


def _filled(document: Any, environ: Mapping[str, str]) -> Any:
    """Put variables into the destinations, and only there."""
    if not isinstance(document, dict) or not isinstance(document.get("channels"), list):
        return document
    channels = []
    for number, described in enumerate(document["channels"]):
        destination = described.get("destination") if isinstance(described, dict) else None
        if isinstance(destination, dict):
            filled = {
                name: _fill(value, f"/channels/{number}/destination/{name}", environ)
                for name, value in destination.items()
            }
            channels.append({**described, "destination": filled})
        else:
            channels.append(described)
    return {**document, "channels": channels}


def _fill(value: Any, place: str, environ: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value

    def variable(match: re.Match[str]) -> str:
        name = match.group(1)
        if not environ.get(name):
            raise InvalidInput(
                "A variable is not set.", errors={place: [f"{name} is not in the environment."]}
            )
        return environ[name]

    return _VARIABLE.sub(variable, value)


def _secret(number: int, channel: Channel, environ: Mapping[str, str]) -> str | None:
    if channel.credential is None:
        return None
    name = channel.credential.env
    if not environ.get(name):
        place = f"/channels/{number}/credential/env"
        raise InvalidInput(
            "A credential is not set.", errors={place: [f"{name} is not in the environment."]}
        )
    return environ[name]


def _place(error: yaml.YAMLError) -> dict[str, list[str]]:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "/"
    return {place: [str(getattr(error, "problem", None) or error)]}
