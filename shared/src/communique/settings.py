# SPDX-License-Identifier: EUPL-1.2
"""Read a frozen dataclass from an environment mapping.

A settings class declares each field with `setting(...)`; the reference page is written from the
same declarations.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, field, fields
from typing import Any, TypeVar, cast

from communique.errors import SettingMissing

T = TypeVar("T")


def setting(
    name: str,
    meaning: str,
    *,
    default: Any = MISSING,
    parse: Callable[[str], Any] = str,
) -> Any:
    """Declare a setting: its environment variable, its meaning, its default, how to read it."""
    metadata = {"name": name, "meaning": meaning, "parse": parse}
    return (
        field(metadata=metadata)
        if default is MISSING
        else field(default=default, metadata=metadata)
    )


def group(kind: type) -> Any:
    """Declare settings that stand together in a class of their own, read as one value."""
    return field(metadata={"group": kind})


def read(kind: type[T], environ: Mapping[str, str]) -> T:
    """Build the settings from the environment.

    Raises:
        SettingMissing: a setting has no default and is not set.
        ValueError: a value cannot be read; the message names the variable, never the value.
    """
    return kind(**{each.name: _value(each, environ) for each in fields(cast(Any, kind))})


def declared(kind: type) -> tuple[Field[Any], ...]:
    """List the declarations, those of groups included, for the reference page."""
    found: list[Field[Any]] = []
    for each in fields(kind):
        found.extend(declared(each.metadata["group"]) if "group" in each.metadata else (each,))
    return tuple(found)


def flag(text: str) -> bool:
    """Read yes or no."""
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "0": False,
        "false": False,
        "no": False,
        "": False,
    }
    return words[text.strip().lower()]


def _value(each: Field[Any], environ: Mapping[str, str]) -> Any:
    if "group" in each.metadata:
        return read(each.metadata["group"], environ)
    name = each.metadata["name"]
    text = environ.get(name)
    if text is None or text == "":
        if each.default is MISSING:
            raise SettingMissing(name, each.metadata["meaning"])
        return each.default
    try:
        return each.metadata["parse"](text)
    except (ValueError, KeyError):
        # not `from error`: its message holds the value, which may be a secret
        raise ValueError(f"{name} cannot be read: {each.metadata['meaning']}") from None
