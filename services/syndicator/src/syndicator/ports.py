# SPDX-License-Identifier: EUPL-1.2
"""What the use cases reach the world through: formatters, connectors and stores."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from communique.clock import Clock
from communique.events.article import Article, Revision
from communique.events.delivery import Action, DeliveryState, Receipt
from communique.events.envelope import EventType
from communique.events.media import Asset
from syndicator.domain.channel import Channel, ChannelState
from syndicator.domain.delivery import Delivery


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


class ActionRefused(DeliveryError):
    """The destination does not allow this action (any more); another one may do.

    X lets a post be edited for half an hour; after that a correction has to be a reply.
    """

    def __init__(self, reason: str) -> None:
        """Keep the destination's words."""
        super().__init__(reason, permanent=True)


class OutcomeUnknown(Exception):
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
    `placed` is what stands there now, `replies` are the ids of our own replies below it. `since` is
    when the intent was written down, `updated` when the article's version was published. `attempt`
    counts from 1.
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
    updated: datetime | None = None
    replies: tuple[str, ...] = ()
    revision: Revision | None = None
    attempt: int = 1


class HttpAnswer(Protocol):
    """A whole answer; header names are lower case."""

    @property
    def status(self) -> int:
        """Return the status code."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the headers."""
        ...

    @property
    def body(self) -> bytes:
        """Return the body."""
        ...


class Http(Protocol):
    """Sends one request. What went wrong tells whether the server can have seen it."""

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        deadline: float = 8.0,
    ) -> HttpAnswer:
        """Send it and read the answer; `deadline` is in seconds for all of it."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in one feed or wire, as bytes that are joined and never parsed again.

    `sequence` grows per channel in the order of commits: who resumes by it misses nothing.
    """

    channel: str
    locale: str
    format: str
    article: str
    version: int
    fragment: bytes
    updated: datetime
    deleted: bool = False
    sequence: int = 0


class EntryStore(Protocol):
    """What feeds and wires are served from."""

    def write(self, entries: Sequence[Entry]) -> None:
        """Put entries of one channel in, in one transaction; an older version changes nothing."""
        ...

    def newest(self, channel: str, locale: str, form: str, limit: int) -> list[Entry]:
        """Return the entries last published, newest first, without deleted ones."""
        ...

    def since(self, channel: str, form: str, after: int, limit: int) -> list[Entry]:
        """Return what changed after a sequence number, in its order, deleted ones too."""
        ...

    def of_article(self, channel: str, article: str, form: str) -> list[Entry]:
        """Return an article's entries, one per locale."""
        ...


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a connector carries things, and with what."""

    channel: str
    settings: Mapping[str, Any]
    credential: str | None
    http: Http
    entries: EntryStore
    clock: Clock

    def setting(self, name: str) -> str:
        """Return a setting that has to be there."""
        value = self.settings.get(name)
        if not value:
            raise DeliveryError(f"the channel's destination has no {name}", permanent=True)
        return str(value)

    def secret(self) -> str:
        """Return the credential, which has to be there."""
        if not self.credential:
            raise DeliveryError("the channel has no credential", permanent=True)
        return self.credential


class Connector(Protocol):
    """Carries bytes to one kind of destination.

    `actions` are what it can do there; `retry` says, per action, what may follow an unknown
    outcome. An `exact` destination gets every version, others only one that reads differently.
    A `pull` destination is ours: it can be written again without anybody being told twice.
    """

    actions: frozenset[Action]
    retry: Mapping[Action, Retry]
    exact: bool
    pull: bool

    def __init__(self, destination: Destination) -> None:
        """Take the destination; nothing is opened or checked yet."""
        ...

    def perform(self, order: Order) -> Placed:
        """Do it once. Raise DeliveryError (nothing was done) or OutcomeUnknown."""
        ...

    def look(self, order: Order) -> Placed | None:
        """Find what the order would have made; None when it is certainly not there.

        Raise DeliveryError when the destination cannot be asked now.
        """
        ...


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a kind of connector can do, known without one at hand."""

    actions: frozenset[Action]
    retry: Mapping[Action, Retry]
    exact: bool
    pull: bool


@dataclass(frozen=True, slots=True)
class ChannelRecord:
    """A channel as it is kept. `revision` grows with every change."""

    channel: Channel
    state: ChannelState
    revision: int
    updated_at: datetime


class Applied(StrEnum):
    """What applying a channel's description came to."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Channels(Protocol):
    """The channels there are."""

    def all(self) -> list[ChannelRecord]:
        """Return every channel, by name."""
        ...

    def get(self, name: str, *, lock: bool = False) -> ChannelRecord | None:
        """Return one channel."""
        ...

    def put(self, channel: Channel, secret: str | None) -> Applied:
        """Write a channel; a secret of None keeps the one it has."""
        ...

    def set_state(self, name: str, state: ChannelState) -> None:
        """Let its lane move, or stop it."""
        ...

    def secret(self, name: str) -> str | None:
        """Return the credential in clear."""
        ...


class Articles(Protocol):
    """The latest version of each article."""

    def put(self, article: Article) -> bool:
        """Keep a version if it is newer, and lock the article; tell whether it was."""
        ...

    def latest(self, article: str, *, lock: bool = False) -> Article | None:
        """Return the newest version of an article."""
        ...

    def newest(self, limit: int) -> list[str]:
        """Return the ids of the articles published last."""
        ...

    def with_asset(self, asset: str) -> list[str]:
        """Return the ids of the articles that show an asset."""
        ...


class Assets(Protocol):
    """The pictures articles show."""

    def put(self, asset: Asset) -> None:
        """Keep what is known of an asset."""
        ...

    def find(self, ids: Collection[str]) -> dict[str, Asset]:
        """Return those that are known, by id."""
        ...


@dataclass(frozen=True, slots=True)
class RenderKey:
    """What a rendering depends on. `options` is a hash of everything but the rest."""

    article: str
    version: int
    locale: str
    format: str
    options: str


class Renderings(Protocol):
    """Articles in their formats: made once, shared between channels."""

    def find(self, key: RenderKey) -> Rendered | None:
        """Return what was made before."""
        ...

    def put(self, key: RenderKey, rendered: Rendered) -> None:
        """Keep what was made."""
        ...

    def forget_before(self, article: str, version: int) -> None:
        """Let go of what was made of older versions: nobody is sent those any more."""
        ...


@dataclass(frozen=True, slots=True)
class DeliveryQuery:
    """Which rows somebody asks for; `after` is the id of the last one seen."""

    article: str | None = None
    channel: str | None = None
    state: DeliveryState | None = None
    after: str | None = None
    limit: int = 100


class Deliveries(Protocol):
    """The reconciliation rows."""

    def of_article(self, article: str) -> list[Delivery]:
        """Return and lock every row of an article."""
        ...

    def get(self, delivery: str) -> Delivery | None:
        """Return and lock one row."""
        ...

    def save(self, delivery: Delivery) -> None:
        """Write a row, new or changed."""
        ...

    def search(self, query: DeliveryQuery) -> list[Delivery]:
        """Return rows in the order of their ids."""
        ...

    def ready(self, busy: Collection[str], limit: int) -> list[str]:
        """Return channels that have something to do now, the most urgent first."""
        ...

    def claim(self, channel: str) -> Delivery | None:
        """Lock and return the row to work on next, if the channel's lane and rate allow one.

        The caller saves it as sending, or otherwise moved on, before it commits.
        """
        ...

    def lost(self, limit: int) -> list[Delivery]:
        """Lock and return rows whose call has said nothing for too long."""
        ...

    def wake(self, asset: str) -> None:
        """Make rows that wait for an asset due now."""
        ...

    def next_attempt_at(self) -> datetime | None:
        """Return when the next row is due that is not due yet."""
        ...


class Outbox(Protocol):
    """Events announced with the change."""

    def announce(self, event_type: EventType, receipt: Receipt) -> None:
        """Put a receipt beside the change it tells of."""
        ...


@dataclass(frozen=True, slots=True)
class Deed:
    """What an operator did, for the audit."""

    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


class Audit(Protocol):
    """Who did what; only ever added to."""

    def note(self, deed: Deed) -> None:
        """Write it down."""
        ...


class UnitOfWork(Protocol):
    """One transaction over everything the service owns."""

    channels: Channels
    articles: Articles
    assets: Assets
    renderings: Renderings
    deliveries: Deliveries
    outbox: Outbox
    audit: Audit

    def now(self) -> datetime:
        """Return the present moment by the store's clock."""
        ...


Begin = Callable[[], AbstractContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a use case may reach. `begin` opens a transaction that commits at its end."""

    begin: Begin
    formatters: Mapping[str, Formatter]
    capabilities: Mapping[str, Capabilities]
    connect: Callable[[Channel, str | None], Connector]
    site_url: str
    chance: Callable[[], float]
