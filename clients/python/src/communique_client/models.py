# SPDX-License-Identifier: EUPL-1.2
"""What the API gives, as typed values; `document` keeps every member as it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Text:
    """An article in one language."""

    locale: str
    title: str
    slug: str
    summary: str | None
    body: tuple[Mapping[str, Any], ...]
    correction_note: str | None
    machine_translated: bool

    @classmethod
    def read(cls, locale: str, given: Mapping[str, Any]) -> Self:
        """Read one member of `locales`."""
        return cls(
            locale=locale,
            title=given["title"],
            slug=given["slug"],
            summary=given.get("summary"),
            body=tuple(given.get("body", ())),
            correction_note=given.get("correction_note"),
            machine_translated=bool(given.get("machine_translated")),
        )


@dataclass(frozen=True, slots=True)
class Article:
    """A published article: whole, or with one language alone, which is named in `locale`."""

    id: str
    version: int
    revision: str
    kind: str
    source_locale: str
    locale: str | None
    first_published_at: datetime
    published_at: datetime
    texts: Mapping[str, Text]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    missions: tuple[str, ...]
    document: Mapping[str, Any]

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Read a document; members that this version does not know stay in `document`."""
        return cls(
            id=given["id"],
            version=given["version"],
            revision=given["revision"],
            kind=given["kind"],
            source_locale=given["source_locale"],
            locale=given.get("locale"),
            first_published_at=datetime.fromisoformat(given["first_published_at"]),
            published_at=datetime.fromisoformat(given["published_at"]),
            texts={name: Text.read(name, text) for name, text in given["locales"].items()},
            topics=tuple(given.get("topics", ())),
            places=tuple(given.get("places", ())),
            missions=tuple(given.get("missions", ())),
            document=given,
        )

    @property
    def text(self) -> Text:
        """Return the text in the language that was asked for, or in the one it was written in."""
        locale = self.locale or self.source_locale
        return self.texts.get(locale) or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True)
class Page:
    """Some articles of a list, and the cursor of the next page (None: that was all)."""

    items: tuple[Article, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles: every part that is set must fit. `locale` None means whole documents."""

    locale: str | None = None
    kind: str | None = None
    topic: str | None = None
    place: str | None = None
    mission: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def query(self) -> dict[str, str]:
        """Return it as parameters of a query."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value.isoformat() if isinstance(value, datetime) else str(value)
            for name, value in given.items()
            if value is not None
        }


EVERYTHING = Selection()
