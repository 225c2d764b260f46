# SPDX-License-Identifier: EUPL-1.2
"""What articles refer to: missions, topics, people and the names of places. Kept by the desk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

Names = Mapping[str, str]


class Register(StrEnum):
    """The registers there are."""

    MISSIONS = "missions"
    TOPICS = "topics"
    PEOPLE = "people"
    PLACES = "places"


class MissionKind(StrEnum):
    """What a mission is."""

    EMBASSY = "embassy"
    CONSULATE = "consulate"
    PERMANENT_MISSION = "permanent-mission"


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission abroad: names, seat and the office of its head per locale."""

    slug: str
    kind: MissionKind
    names: Names
    country: str
    seat: Names = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    head: Names = field(default_factory=dict)
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the ministry's own scheme, or one taken over; `media_topic` is IPTC's for it."""

    code: str
    labels: Names
    broader: str | None = None
    media_topic: str | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office somebody holds or held: what it is called per locale, at which mission, when.

    `until` is the last day; None while it lasts.
    """

    office: Names
    since: date
    until: date | None = None
    mission: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks or signs, and the offices of that person."""

    slug: str
    name: str
    offices: tuple[Tenure, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What the ministry calls a place, where that is not what CLDR calls it."""

    code: str
    names: Names


Entry = Mission | Topic | Person | PlaceName


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is kept; its revision grows by one with every change."""

    entry: Entry
    revision: int
    updated_at: datetime
    updated_by: str


def code_of(entry: Entry) -> str:
    """Return what articles call the entry."""
    return entry.slug if isinstance(entry, Mission | Person) else entry.code


def to_json(entry: Entry) -> dict[str, Any]:
    """Return the entry as JSON values."""
    return asdict(entry)


def from_json(register: Register, data: Mapping[str, Any]) -> Entry:
    """Return the entry that was kept."""
    return _READERS[register](data)


def narrower(topics: Iterable[Topic]) -> dict[str, tuple[str, ...]]:
    """Return, for each topic, those that name it as their broader one."""
    found: dict[str, list[str]] = {}
    for topic in topics:
        if topic.broader is not None:
            found.setdefault(topic.broader, []).append(topic.code)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


def ring(topic: Topic, broader_of: Mapping[str, str | None]) -> bool:
    """Tell whether a topic would become broader than itself."""
    at = topic.broader
    seen = {topic.code}
    while at is not None and at not in seen:
        seen.add(at)
        at = broader_of.get(at)
    return at is not None


def _mission(data: Mapping[str, Any]) -> Mission:
    lists = {name: tuple(data[name]) for name in ("languages", "channels")}
    return Mission(**{**data, **lists, "kind": MissionKind(data["kind"])})


def _person(data: Mapping[str, Any]) -> Person:
    return Person(**{**data, "offices": tuple(map(_tenure, data["offices"]))})


def _tenure(data: Mapping[str, Any]) -> Tenure:
    until = data["until"]
    dates = {
        "since": date.fromisoformat(data["since"]),
        "until": None if until is None else date.fromisoformat(until),
    }
    return Tenure(**{**data, **dates})


_READERS: Final[Mapping[Register, Callable[[Mapping[str, Any]], Entry]]] = {
    Register.MISSIONS: _mission,
    Register.TOPICS: lambda data: Topic(**data),
    Register.PEOPLE: _person,
    Register.PLACES: lambda data: PlaceName(**data),
}
