# SPDX-License-Identifier: EUPL-1.2
"""What the service and its decoding process say to each other: one JSON document each way."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from media_store.domain.profiles import Crop, Profile
from media_store.domain.texts import Texts
from media_store.ports import Made, MadeFile, Order


@dataclass(frozen=True, slots=True)
class Limits:
    """What a decoding process may use."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Task:
    """One order, with the places on disk and the limits."""

    source: Path
    directory: Path
    order: Order
    limits: Limits


def write_task(task: Task) -> bytes:
    """Write a task."""
    return json.dumps(asdict(task), default=str).encode()


def read_task(data: bytes) -> Task:
    """Read a task."""
    given = json.loads(data)
    order = given["order"]
    profiles = tuple(_profile(each) for each in order["profiles"])
    return Task(
        source=Path(given["source"]),
        directory=Path(given["directory"]),
        order=Order(**{**order, "profiles": profiles, "texts": Texts(**order["texts"])}),
        limits=Limits(**given["limits"]),
    )


def write_made(made: Made) -> bytes:
    """Write the result."""
    return json.dumps({"made": asdict(made)}, default=str).encode()


def write_unreadable(reason: str) -> bytes:
    """Write that the picture is beyond help."""
    return json.dumps({"unreadable": reason}).encode()


def read_answer(data: bytes) -> Made | str:
    """Read the result, or the reason why there is none.

    Raises:
        ValueError: the answer is not one.
    """
    answer = json.loads(data)
    try:
        if "unreadable" in answer:
            return str(answer["unreadable"])
        made = answer["made"]
        files = tuple(MadeFile(**{**each, "path": Path(each["path"])}) for each in made["files"])
        return Made(made["width"], made["height"], Texts(**made["texts"]), files)
    except (KeyError, TypeError) as error:
        raise ValueError("not an answer of the decoder") from error


def _profile(given: dict[str, Any]) -> Profile:
    crop = given["crop"]
    return Profile(**{**given, "crop": Crop(crop) if crop else None})
