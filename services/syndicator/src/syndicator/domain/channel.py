# SPDX-License-Identifier: EUPL-1.2
"""A destination: what it wants, in which languages and forms, and how it is corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from communique.events.article import Article


class ChannelKind(StrEnum):
    """What sort of place it is."""

    FEED = "feed"
    WIRE = "wire"
    SOCIAL = "social"


class ChannelState(StrEnum):
    """Whether its lane moves."""

    ACTIVE = "active"
    PAUSED = "paused"


class Trust(StrEnum):
    """Who stands behind it: `press` may hold embargoed text."""

    PUBLIC = "public"
    PRESS = "press"


class Approval(StrEnum):
    """Whether a first post waits for a person."""

    AUTOMATIC = "automatic"
    HOLD = "hold"


class CorrectionPolicy(StrEnum):
    """How it shows that something published was wrong."""

    EDIT = "edit"
    REPLY = "reply"
    NOTICE = "notice"


class RetractionPolicy(StrEnum):
    """How it shows that something published has been withdrawn."""

    DELETE = "delete"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class LocaleChoice:
    """A language that a channel asks for, and what it takes when there is none."""

    locale: str
    fallback: tuple[str, ...] = ()

    def served(self, article: Article) -> str | None:
        """Return the language it gets of an article, or None."""
        wanted = (self.locale, *self.fallback)
        return next((locale for locale in wanted if locale in article.locales), None)


@dataclass(frozen=True, slots=True)
class Selector:
    """Which articles a channel takes: every list must be met, by any one of its members.

    An empty list is met by everything.
    """

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    missions: tuple[str, ...] = ()
    max_urgency: int | None = None

    def matches(self, article: Article) -> bool:
        """Tell whether the channel takes this article."""
        if self.max_urgency is not None and article.urgency > self.max_urgency:
            return False
        return (
            _meets(self.kinds, (article.kind.value,))
            and _meets(self.topics, article.topics)
            and _meets(self.places, article.places)
            and _meets(self.missions, article.missions)
        )


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many calls a minute the destination allows."""

    per_minute: int


@dataclass(frozen=True, slots=True)
class CredentialReference:
    """The name of the environment variable that `channels apply` takes the secret from."""

    env: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Everything about a destination but its secret."""

    name: str
    title: Mapping[str, str]
    kind: ChannelKind
    formats: tuple[str, ...]
    connector: str
    locales: tuple[LocaleChoice, ...]
    selector: Selector = field(default_factory=Selector)
    trust: Trust = Trust.PUBLIC
    approval: Approval = Approval.AUTOMATIC
    correction_policy: CorrectionPolicy = CorrectionPolicy.EDIT
    retraction_policy: RetractionPolicy = RetractionPolicy.DELETE
    rate_limit: RateLimit | None = None
    destination: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    credential: CredentialReference | None = None

    def choice(self, locale: str) -> LocaleChoice | None:
        """Return what the channel says about one of its languages."""
        return next((each for each in self.locales if each.locale == locale), None)

    def title_in(self, locale: str) -> str:
        """Return its title in a language, or in the nearest there is."""
        for tag in (locale, locale.split("-", maxsplit=1)[0], "en"):
            if tag in self.title:
                return self.title[tag]
        return next(iter(self.title.values()), self.name)


def _meets(wanted: tuple[str, ...], offered: tuple[str, ...]) -> bool:
    return not wanted or not set(wanted).isdisjoint(offered)
