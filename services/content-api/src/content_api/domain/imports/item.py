# SPDX-License-Identifier: EUPL-1.2
"""An article as another system exports it, and what could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Form(StrEnum):
    """How the text of an item is written."""

    HTML = "html"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One article, one language, in the words of its source."""

    id: str
    title: str
    text: str
    form: Form
    published_at: datetime
    language: str = ""
    modified_at: datetime | None = None
    summary: str | None = None
    slug: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that is no article of ours: left out on purpose, or because of problems."""

    id: str
    reasons: tuple[str, ...]
    problem: bool = True


Read = SourceItem | Unread
Items = Iterator[Read]


class Unreadable(ValueError):
    """A file that is not what it should be; nothing in it can be used."""


class Wrong(ValueError):
    """One item that cannot be used, with the reason."""


def moment(text: str | None, what: str) -> datetime:
    """Read a moment with its offset.

    Raises:
        Wrong: there is none, or it does not say its offset.
    """
    if not text:
        raise Wrong(f"{what} is missing")
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Wrong(f"{what} is no date: {text!r}") from error
    if found.tzinfo is None:
        raise Wrong(f"{what} does not say its offset from UTC: {text!r}")
    return found.astimezone(UTC)
