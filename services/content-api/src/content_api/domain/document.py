# SPDX-License-Identifier: EUPL-1.2
"""What a desk writes: the article before it has a version. Immutable, in every language at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from communique.events.article import (
    Audience,
    Kind,
    Links,
    Localization,
    MediaUse,
    Rights,
    Speaker,
)


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one draft."""

    kind: Kind
    source_locale: str
    locales: Mapping[str, Localization]
    audience: Audience = Audience.PUBLIC
    urgency: int = 5
    embargo_until: datetime | None = None
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    missions: tuple[str, ...] = ()
    speaker: Speaker | None = None
    byline: str | None = None
    media: tuple[MediaUse, ...] = ()
    links: Links = field(default_factory=Links)
    rights: Rights = field(default_factory=Rights)

    def with_locale(self, locale: str, localization: Localization) -> "Document":
        """Return it with one localization set; the others stay as they are."""
        return replace(self, locales={**self.locales, locale: localization})
