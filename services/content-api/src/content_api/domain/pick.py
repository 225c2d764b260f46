# SPDX-License-Identifier: EUPL-1.2
"""Take some fields of a document, and leave the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a part; no fields: all of it. `by_key`: of each value under a free key."""

    fields: Mapping[str, "Wanted"] = field(default_factory=dict)
    by_key: bool = False


def pick(value: Any, wanted: Wanted) -> Any:
    """Return what is wanted, in the order the document has it."""
    if not wanted.fields or value is None:
        return value
    if isinstance(value, list):
        return [pick(each, wanted) for each in value]
    if wanted.by_key:
        one = Wanted(wanted.fields)
        return {key: pick(each, one) for key, each in value.items()}
    return {
        name: pick(each, wanted.fields[name])
        for name, each in value.items()
        if name in wanted.fields
    }
