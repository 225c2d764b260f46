# SPDX-License-Identifier: EUPL-1.2
"""What the use cases reach the world through: formatters, connectors and stores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from communique.events.article import Article
from communique.events.delivery import Action
from communique.events.media import Asset


class DeliveryError(Exception):
    """A connector could not deliver, and knows that nothing was done at the destination.

    `permanent` means that trying again will not help. `retry_after` is the destination's own wish.
    """

    def __init__(
        self, reason: str, *, permanent: bool, retry_after: timedelta | None = None
    ) -> None:
        """Keep the reason for a person and the policy for the worker."""
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after


class OutcomeUnknown(Exception):  # noqa: N818  # it is a state of knowledge, not an error
    """The call may or may not have been carried out; look before sending again."""


class Retry(StrEnum):
    """What may be done after a call whose outcome is unknown."""

    SAFE = "safe"  # idempotent at the destination: just call again
    LOOK = "look"  # search the destination first
    PERSON = "person"  # no way to look: somebody decides


@dataclass(frozen=True, slots=True)
class View:
    """What a formatter gets: an article in one language, and everything it links to.

    `locale` is what the channel asked for, `served_locale` what it gets by its fallback.
    `links` has the public URL of every language of the article; `link` is the served one.
    """

    article: Article
    locale: str
    served_locale: str
    link: str
    links: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, Asset] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article in one format."""

    body: bytes
    media_type: str


class Formatter(Protocol):
    """A pure function of a view."""

    media_type: str

    def render(self, view: View) -> Rendered:
        """Write the article in this format; for a feed, one entry of it."""
        ...


@dataclass(frozen=True, slots=True)
class Feed:
    """The head of a feed. URLs are absolute."""

    id: str
    title: str
    locale: str
    self_url: str
    site_url: str
    updated: datetime
    author: str
    hub_url: str | None = None
    alternates: Mapping[str, str] = field(default_factory=dict)


class FeedFormatter(Formatter, Protocol):
    """A formatter whose documents are joined from stored entries."""

    def join(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Put stored entries, newest first, into one document without parsing them."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands at a destination: its id there, and where a person sees it."""

    external_id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to do at a destination.

    `reference` is what a look can search for: our link in the post. `key` is the same for every
    attempt of the same intent, so that a destination that knows idempotency keys can use it.
    """

    action: Action
    key: str
    article: str
    version: int
    locale: str
    rendered: Mapping[str, Rendered]
    reference: str
    placed: Placed | None = None
    since: datetime | None = None


class Connector(Protocol):
    """Carries bytes to one kind of destination.

    `actions` are what it can do there; `retry` says, per action, what may follow an unknown outcome.
    """

    actions: frozenset[Action]
    retry: Mapping[Action, Retry]

    def perform(self, order: Order) -> Placed:
        """Do it once. Raise DeliveryError (nothing was done) or OutcomeUnknown."""
        ...

    def look(self, order: Order) -> Placed | None:
        """Find what the order would have made; None when it is certainly not there.

        Raise DeliveryError when the destination cannot be asked now.
        """
        ...
