# SPDX-License-Identifier: EUPL-1.2
"""What the use cases reach the world through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, Self

from communique.events.article import Article, Kind
from communique.events.delivery import Receipt
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.finished import WHOLE, Finished
from content_api.domain.states import State


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version, without its text."""

    version: int
    revision: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """One receipt as it arrived."""

    event: str
    recorded_at: datetime
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Stored:
    """Finished bytes as the public store holds them."""

    article: str
    version: int
    locale: str
    slug: str | None
    body: bytes
    etag: str
    retracted: bool
    first_published_at: datetime
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ended: immutable facts of its last article."""

    first_published_at: datetime
    article: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles a list shows; `locale` empty means whole documents."""

    locale: str = WHOLE
    kind: Kind | None = None
    topic: str | None = None
    place: str | None = None
    mission: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Finished bytes, newest first, and where to go on (None: that was all)."""

    items: Sequence[Stored]
    next: Place | None


class Articles(Protocol):
    """The rows that a change of an article locks."""

    def add(self, article: DeskArticle) -> bool:
        """Insert it; False when the id is taken."""
        ...

    def get(self, article: str) -> DeskArticle:
        """Return it, or raise NoSuchArticle."""
        ...

    def lock(self, article: str) -> DeskArticle:
        """Return it and keep every other change of it waiting; or raise NoSuchArticle."""
        ...

    def save(self, article: DeskArticle) -> None:
        """Write it."""
        ...

    def page(self, state: State | None, before: str | None, limit: int) -> Sequence[DeskArticle]:
        """Return articles by id, newest first, after the one named by `before`."""
        ...

    def due(self, limit: int) -> Sequence[str]:
        """Return scheduled articles whose embargo has lifted by the database's clock."""
        ...

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next embargo is, by the same clock; None when nothing is scheduled."""
        ...


class Drafts(Protocol):
    """Immutable documents, numbered per article."""

    def add(self, draft: Draft) -> None:
        """Insert it."""
        ...

    def get(self, article: str, number: int) -> Draft:
        """Return it; it exists."""
        ...

    def authors(self, article: str, *, after: int) -> Sequence[str]:
        """Name who wrote the drafts after that number."""
        ...


class Versions(Protocol):
    """What has been published, immutable; and what of it is public now."""

    def publish(self, article: Article, finished: Sequence[Finished]) -> None:
        """Write the version, put its bytes in the place of the version before, announce it."""
        ...

    def list(self, article: str) -> Sequence[VersionLine]:
        """Return the versions, newest first."""
        ...

    def get(self, article: str, version: int) -> bytes:
        """Return the whole document of a version, or raise NoSuchVersion."""
        ...

    def claim_slugs(self, article: str, slugs: Mapping[str, str]) -> Sequence[str]:
        """Keep addresses for the article for good; name the locales where another one has it."""
        ...


class Deliveries(Protocol):
    """What became of each article on each channel."""

    def record(self, event: str, receipt: Receipt) -> bool:
        """Add to the history, and to the latest state if it is newer; False when known."""
        ...

    def latest(self, article: str) -> Sequence[Receipt]:
        """Return the latest receipt per channel and language."""
        ...

    def history(self, article: str) -> Sequence[DeliveryEvent]:
        """Return every receipt, oldest first."""
        ...


class Audit(Protocol):
    """Who did what, append-only."""

    def add(self, caller: str, action: str, article: str, details: Mapping[str, Any]) -> None:
        """Write one line."""
        ...


class UnitOfWork(Protocol):
    """One transaction: everything in it is committed together, or not at all."""

    articles: Articles
    drafts: Drafts
    versions: Versions
    deliveries: Deliveries
    audit: Audit

    def now(self) -> datetime:
        """Return the moment of the first call, by the database's clock; lock first, then ask."""
        ...

    def wake_scheduler(self) -> None:
        """Tell the scheduler, on commit, that its next moment may have changed."""
        ...

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or undo everything if there was an error."""
        ...


class Shelf(Protocol):
    """The public store: finished bytes of what is live, and notices of what was."""

    def find(self, article: str) -> Mapping[str, Stored]:
        """Return everything stored of an article by locale; empty when it was never live."""
        ...

    def get(self, article: str, locale: str) -> Stored | None:
        """Return the bytes of one language, or of the whole document."""
        ...

    def by_slug(self, locale: str, slug: str) -> Stored | None:
        """Return the bytes at an address, which may be a former one of the article."""
        ...

    def page(self, wanted: Filter, after: Place | None, limit: int) -> Page:
        """Return live articles by first publication, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Deps:
    """What the use cases are given."""

    unit_of_work: Callable[[], UnitOfWork]
    shelf: Shelf
