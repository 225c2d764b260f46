# SPDX-License-Identifier: EUPL-1.2
"""What the use cases reach the world through."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, Self

from communique.events.article import Article, Kind
from communique.events.delivery import Receipt
from communique.events.envelope import EventType
from content_api.domain.assignment import Assignment
from content_api.domain.authority import AuthorityRule
from content_api.domain.comment import Comment
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.embargo import Held
from content_api.domain.finished import WHOLE, Finished
from content_api.domain.locale_life import LocaleLife
from content_api.domain.locks import Lock
from content_api.domain.preview import Preview
from content_api.domain.registers import Kept, Register
from content_api.domain.release import Release, ReleaseState
from content_api.domain.review import ReviewEvent
from content_api.domain.search_query import Query
from content_api.domain.segments import Segment
from content_api.domain.selection import Mark, Selection
from content_api.domain.signature import PublicKey, SigningKey
from content_api.domain.states import State
from content_api.domain.sync_cursor import SyncCursor
from content_api.domain.terms.concept import Concept, ConceptKind
from content_api.domain.terms.glossary import GlossaryCache
from content_api.domain.terms.waiver import Waiver
from content_api.domain.translation import Translation


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version, without its text."""

    version: int
    revision: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act; `position` grows by the order of the acts."""

    position: int
    at: datetime
    caller: str
    action: str
    article: str
    details: Mapping[str, Any]


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


@dataclass(frozen=True, slots=True)
class Listed:
    """Finished bytes in the order asked for, and where to go on (None: that was all)."""

    items: Sequence[Stored]
    next: Mark | None


@dataclass(frozen=True, slots=True)
class Month:
    """How many documents of a language were first published in a month (its first moment)."""

    locale: str
    month: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Address:
    """A live document's address and when it was last changed, with its slug in every language."""

    article: str
    locale: str
    slug: str
    published_at: datetime
    slugs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a page of finds ended."""

    score: float
    first_published_at: datetime
    article: str


@dataclass(frozen=True, slots=True)
class Found:
    """A live document that has the words asked for."""

    article: str
    locale: str
    version: int
    kind: str
    slug: str | None
    body: bytes
    first_published_at: datetime
    published_at: datetime
    score: float

    @property
    def rank(self) -> Rank:
        """Return its place among the finds."""
        return Rank(self.score, self.first_published_at, self.article)


@dataclass(frozen=True, slots=True)
class Change:
    """What a follower has to do: keep these bytes, or drop the document (`reason` says why)."""

    position: int
    article: str
    locale: str
    version: int
    reason: str | None
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes in the order of the log, and where the log ended as it was read."""

    items: Sequence[Change]
    top: int
    more: bool


class Signing(Protocol):
    """What signs documents within one transaction."""

    def current(self) -> SigningKey:
        """Return the key that signs now; it stays so until the transaction ends."""
        ...


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

    def known(self, article: str) -> bool:
        """Tell whether there is such an article."""
        ...

    def due(self, limit: int) -> Sequence[str]:
        """Return approved articles whose embargo has lifted by the database's clock."""
        ...

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next embargo is, by the same clock; None when none lies ahead."""
        ...

    def unready(self) -> int:
        """Count scheduled articles whose moment has passed and whose draft nobody approved."""
        ...


class Drafts(Protocol):
    """Immutable documents, numbered per article."""

    def add(self, draft: Draft) -> None:
        """Insert it."""
        ...

    def get(self, article: str, number: int) -> Draft:
        """Return it; it exists."""
        ...

    def find(self, article: str, number: int) -> Draft | None:
        """Return it, or None."""
        ...

    def page(self, article: str, before: int | None, limit: int) -> Sequence[Draft]:
        """Return drafts, newest first, before the one of that number."""
        ...

    def authors(self, article: str, *, after: int) -> Sequence[str]:
        """Name who wrote the drafts after that number."""
        ...


class Embargoed(Protocol):
    """What the press holds in trust: the last document of each article on that tier."""

    def get(self, article: str) -> Held | None:
        """Return it; None when the press never held any."""
        ...

    def put(self, held: Held, event: EventType) -> None:
        """Write it and announce it on the embargoed topic."""
        ...

    def page(self, before: str | None, limit: int) -> Sequence[Held]:
        """Return what is held now, by article id, newest first, after the one named."""
        ...


class Locales(Protocol):
    """The life of each language of each article."""

    def of(self, article: str) -> dict[str, LocaleLife]:
        """Return what there is, by locale."""
        ...

    def save(self, lives: Sequence[LocaleLife]) -> None:
        """Write them, new or not."""
        ...

    def due(self, limit: int) -> Sequence[tuple[str, str]]:
        """Return languages whose moment has come, as article and locale, the latest first."""
        ...

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next moment is; None when none lies ahead."""
        ...


class Releases(Protocol):
    """What goes live together."""

    def add(self, release: Release) -> None:
        """Insert it."""
        ...

    def get(self, release: str) -> Release:
        """Return it, or raise NoSuchRelease."""
        ...

    def lock(self, release: str) -> Release:
        """Return it and keep every other change of it waiting; or raise NoSuchRelease."""
        ...

    def save(self, release: Release) -> None:
        """Write it."""
        ...

    def delete(self, release: str) -> None:
        """Forget it."""
        ...

    def page(self, state: ReleaseState | None, before: str | None, limit: int) -> Sequence[Release]:
        """Return releases by id, newest first, after the one named by `before`."""
        ...

    def due(self, limit: int) -> Sequence[str]:
        """Return releases whose moment has come and that are not out, the latest first."""
        ...

    def until_next_due(self) -> timedelta | None:
        """Tell how far the next moment is; None when none lies ahead."""
        ...


class Versions(Protocol):
    """What has been published, immutable; and what of it is public now."""

    def publish(
        self, article: Article, finished: Sequence[Finished], *, replayed: bool = False
    ) -> None:
        """Write the version and the bytes given, and announce it.

        A language that is not in the article any more is no longer public; one that is, and has no
        bytes here, keeps those it has.
        """
        ...

    def latest(self, article: str) -> Article | None:
        """Return the last version as a value; None before the first."""
        ...

    def slug_owners(self, slugs: Mapping[str, str]) -> Mapping[str, str]:
        """Return, per locale, the article that has the address; without those that are free."""
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


class Previews(Protocol):
    """Tokens under which drafts are shown to whoever has them; only their hashes are kept."""

    def add(self, preview: Preview, digest: bytes) -> None:
        """Insert it."""
        ...

    def of(self, article: str) -> Sequence[Preview]:
        """Return the previews of an article, newest first."""
        ...

    def find(self, digest: bytes) -> Preview | None:
        """Return the preview of a token that is valid now, by the database's clock."""
        ...

    def revoke(self, article: str, preview: str) -> bool:
        """End it now; False when the article has no such preview."""
        ...


class Audit(Protocol):
    """Who did what, append-only."""

    def add(self, caller: str, action: str, article: str, details: Mapping[str, Any]) -> None:
        """Write one line."""
        ...

    def page(self, article: str, before: int | None, limit: int) -> Sequence[AuditLine]:
        """Return what was done to an article, newest first, before that position."""
        ...


class Reviews(Protocol):
    """What was submitted and sent back; only grows."""

    def add(self, event: ReviewEvent) -> None:
        """Write one step."""
        ...

    def of(self, article: str) -> Sequence[ReviewEvent]:
        """Return every step, oldest first."""
        ...

    def open(self, limit: int) -> Sequence[ReviewEvent]:
        """Return the last step of each article, where it still holds; longest waiting first."""
        ...


class Assignments(Protocol):
    """Who works on what."""

    def add(self, assignment: Assignment) -> None:
        """Insert it."""
        ...

    def find(self, assignment: str) -> Assignment | None:
        """Return it, or None."""
        ...

    def save(self, assignment: Assignment) -> None:
        """Write it."""
        ...

    def of(self, article: str) -> Sequence[Assignment]:
        """Return those of an article, oldest first."""
        ...

    def open_for(self, assignee: str, limit: int) -> Sequence[Assignment]:
        """Return somebody's open ones; what is due first comes first."""
        ...


class Comments(Protocol):
    """Remarks and answers."""

    def add(self, comment: Comment) -> None:
        """Insert it."""
        ...

    def find(self, comment: str) -> Comment | None:
        """Return it, or None."""
        ...

    def save(self, comment: Comment) -> None:
        """Write it."""
        ...

    def of(self, article: str) -> Sequence[Comment]:
        """Return those of an article, oldest first."""
        ...


class Locks(Protocol):
    """Who holds which text, and until when; expired locks stand until they are replaced."""

    def of(self, article: str) -> Sequence[Lock]:
        """Return those of an article, expired ones too."""
        ...

    def held_by(self, holder: str) -> Sequence[Lock]:
        """Return somebody's, expired ones too."""
        ...

    def put(self, lock: Lock) -> None:
        """Set the lock of a text, in the place of any other."""
        ...

    def remove(self, lock: Lock) -> None:
        """Let it go."""
        ...


class AuthorityRules(Protocol):
    """Who alone may approve or release what; an ended rule is kept."""

    def add(self, rule: AuthorityRule) -> None:
        """Insert it."""
        ...

    def lock(self, rule: str) -> AuthorityRule | None:
        """Return it, and keep every other change of it waiting; or None."""
        ...

    def save(self, rule: AuthorityRule) -> None:
        """Write it."""
        ...

    def list(self, *, ended: bool = False) -> Sequence[AuthorityRule]:
        """Return the rules that hold, oldest first; or every rule there ever was."""
        ...


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A concept of the glossary as it is kept; what is retired is no longer looked for."""

    concept: Concept
    revision: int
    retired: bool
    created_at: datetime
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class TermFilter:
    """Which concepts a list shows; `text` is found with or without marks and capitals."""

    text: str | None = None
    kind: ConceptKind | None = None
    locale: str | None = None
    retired: bool = False


class Terms(Protocol):
    """The concepts of the glossary, in use and retired."""

    def version(self) -> int:
        """Return the number of the glossary's last change."""
        ...

    def lock(self) -> None:
        """Keep every other change of the glossary waiting."""
        ...

    def active(self) -> Sequence[Concept]:
        """Return the concepts that are in use."""
        ...

    def get(self, concept: str) -> TermRecord:
        """Return one, or raise NoSuchConcept."""
        ...

    def find(self, concepts: Sequence[str]) -> Mapping[str, TermRecord]:
        """Return those of them that there are."""
        ...

    def page(self, wanted: TermFilter, after: str | None, limit: int) -> Sequence[TermRecord]:
        """Return concepts by id, after the one given."""
        ...

    def save(self, records: Sequence[TermRecord], action: str) -> None:
        """Write them as one change of the glossary, and who changed what."""
        ...


class Waivers(Protocol):
    """Who answers for which finding; only grows."""

    def add(self, waiver: Waiver) -> bool:
        """Insert it; False when this finding has been waived."""
        ...

    def of(self, article: str) -> Mapping[str, Waiver]:
        """Return all of an article, by fingerprint."""
        ...


class Registers(Protocol):
    """What articles refer to: missions, topics, people, names of places."""

    def lock(self, register: Register) -> None:
        """Keep every other change of the register waiting."""
        ...

    def list(self, register: Register) -> Sequence[Kept]:
        """Return the entries by code."""
        ...

    def find(self, register: Register, code: str) -> Kept | None:
        """Return one entry, or None."""
        ...

    def known(self, register: Register, codes: Sequence[str]) -> frozenset[str] | None:
        """Return which of the codes there are; None when the register is empty."""
        ...

    def put(self, register: Register, kept: Kept) -> None:
        """Write an entry and remember the change."""
        ...

    def remove(self, register: Register, code: str, caller: str, moment: datetime) -> None:
        """Take an entry out and remember that."""
        ...

    def user(self, register: Register, code: str) -> str | None:
        """Name one entry or live article that refers to the code; None when there is none."""
        ...


class Translations(Protocol):
    """What is known of each translation, numbered; the last of a language counts."""

    def add(self, translation: Translation) -> None:
        """Insert it."""
        ...

    def latest(self, article: str) -> Mapping[str, Translation]:
        """Return the last of every language of an article that has any."""
        ...


class Imports(Protocol):
    """Which items of which source have been imported."""

    def known(self, source: str, items: Sequence[str]) -> Mapping[str, bytes]:
        """Return the hashes of those items that have been imported."""
        ...

    def add(self, source: str, item: str, digest: bytes, article: str) -> None:
        """Remember an item."""
        ...


class UnitOfWork(Protocol):
    """One transaction: everything in it is committed together, or not at all."""

    articles: Articles
    drafts: Drafts
    embargoed: Embargoed
    locales: Locales
    releases: Releases
    versions: Versions
    deliveries: Deliveries
    previews: Previews
    audit: Audit
    imports: Imports
    registers: Registers
    terms: Terms
    waivers: Waivers
    translations: Translations
    reviews: Reviews
    assignments: Assignments
    comments: Comments
    locks: Locks
    authority: AuthorityRules
    signing: Signing

    def now(self) -> datetime:
        """Return the moment of the first call, by the database's clock; lock first, then ask."""
        ...

    def attempt(self) -> AbstractContextManager[None]:
        """Undo what is done inside it, and only that, if it raises."""
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


class Lists(Protocol):
    """Live articles by many filters, and what they link to."""

    def page(self, wanted: Selection, after: Mark | None, limit: int) -> Listed:
        """Return live articles in the order wanted, beginning after a mark."""
        ...

    def linked(self, articles: Sequence[str], locales: Sequence[str]) -> Sequence[Stored]:
        """Return what is live of these articles in these languages."""
        ...


class Sitemap(Protocol):
    """The addresses of everything that is live."""

    def slugs(self, article: str) -> Mapping[str, str]:
        """Return the slug of every language in which an article is live."""
        ...

    def months(self) -> Sequence[Month]:
        """Count what is live by language and month, newest first."""
        ...

    def month(self, locale: str, month: datetime, skip: int, limit: int) -> Sequence[Address]:
        """Return the addresses of one language and month, oldest first."""
        ...

    def news(self, within: timedelta, limit: int) -> Sequence[Stored]:
        """Return what was first published so lately by the database's clock, newest first."""
        ...


class Search(Protocol):
    """The words of what is live."""

    def find(self, query: Query, wanted: Filter, after: Rank | None, limit: int) -> Sequence[Found]:
        """Return what is live and has all terms, the best first."""
        ...

    def mark(self, query: Query, texts: Sequence[str], *, whole: bool) -> Sequence[str]:
        """Return the texts, or parts of them around a find, with BEGIN and END around each find."""
        ...


class Log(Protocol):
    """The delivery log: every change of what readers can see, in commit order."""

    def page(self, wanted: Filter, after: SyncCursor, limit: int) -> Changes:
        """Return what a consumer at this cursor lacks: of each document only the last."""
        ...

    def top(self) -> int:
        """Return the last position; 0 when nothing was ever published."""
        ...


class SigningKeys(Protocol):
    """The keys that sign, or did."""

    def all(self) -> Sequence[PublicKey]:
        """Return every key there ever was, newest first."""
        ...

    def find(self, kid: str) -> PublicKey | None:
        """Return a key by its name."""
        ...

    def rotate(self) -> PublicKey:
        """Let a new key sign from now on; the private half of the former one is destroyed."""
        ...

    def retire(self, kid: str) -> None:
        """Publish a key no longer; or raise NoSuchSigningKey, KeyInUse."""
        ...


class Translator(Protocol):
    """A machine that translates."""

    name: str

    def translate(self, segments: Sequence[Segment], *, source: str, target: str) -> Sequence[str]:
        """Return the text of each in the target language; inline HTML stays inline HTML."""
        ...


@dataclass(frozen=True, slots=True)
class Deps:
    """What the use cases are given."""

    unit_of_work: Callable[[], UnitOfWork]
    shelf: Shelf
    lists: Lists
    sitemap: Sitemap
    signing_keys: SigningKeys
    log: Log
    search: Search
    glossaries: GlossaryCache = field(default_factory=GlossaryCache, kw_only=True)
    translator: Translator | None = field(default=None, kw_only=True)
