# SPDX-License-Identifier: EUPL-1.2
"""What a store in memory has committed, and its own clock."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from communique.events.article import Article, Audience
from communique.events.delivery import Receipt
from communique.events.envelope import EventType
from content_api.domain.assignment import Assignment
from content_api.domain.authority import AuthorityRule
from content_api.domain.comment import Comment
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.embargo import Held
from content_api.domain.finished import Finished
from content_api.domain.locale_life import LocaleLife
from content_api.domain.locks import Lock
from content_api.domain.preview import Preview
from content_api.domain.registers import Kept, Register
from content_api.domain.release import Release
from content_api.domain.review import ReviewEvent
from content_api.domain.translation import Translation
from content_api.ports import (
    DeliveryEvent,
    Stored,
    VersionLine,
)
from content_api.testing.builders import MOMENT
from content_api.testing.memory_terms import TermTables


@dataclass(frozen=True)
class LogRow:
    """A change: what readers saw before, and what they see now (None: nothing)."""

    position: int
    article: str
    locale: str
    version: int
    etag: str
    reason: str | None
    now: Article | None
    before: Article | None
    audience: Audience = Audience.PUBLIC


@dataclass
class Tables:
    """What is committed."""

    articles: dict[str, DeskArticle] = field(default_factory=dict)
    drafts: dict[tuple[str, int], Draft] = field(default_factory=dict)
    versions: dict[tuple[str, int], tuple[VersionLine, bytes]] = field(default_factory=dict)
    published: dict[tuple[str, str], tuple[Stored, Article]] = field(default_factory=dict)
    lives: dict[tuple[str, str], LocaleLife] = field(default_factory=dict)
    releases: dict[str, Release] = field(default_factory=dict)
    embargoed: dict[str, Held] = field(default_factory=dict)
    embargoed_outbox: list[tuple[EventType, Article]] = field(default_factory=list)
    slugs: dict[tuple[str, str], str] = field(default_factory=dict)
    outbox: list[tuple[EventType, Article]] = field(default_factory=list)
    log: list[LogRow] = field(default_factory=list)
    latest: dict[tuple[str, str, str], Receipt] = field(default_factory=dict)
    history: dict[str, DeliveryEvent] = field(default_factory=dict)
    imported: dict[tuple[str, str], tuple[bytes, str]] = field(default_factory=dict)
    registers: dict[tuple[Register, str], Kept] = field(default_factory=dict)
    previews: dict[bytes, Preview] = field(default_factory=dict)
    audit: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)
    audit_moments: list[datetime] = field(default_factory=list)
    reviews: list[ReviewEvent] = field(default_factory=list)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    locks: dict[tuple[str, str], Lock] = field(default_factory=dict)
    authority: dict[str, AuthorityRule] = field(default_factory=dict)
    terms: TermTables = field(default_factory=TermTables)
    translations: dict[tuple[str, str, int], Translation] = field(default_factory=dict)


@dataclass
class Database:
    """Committed tables, a clock that tests move, one transaction at a time."""

    tables: Tables = field(default_factory=Tables)
    moment: datetime = MOMENT
    woken: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def pass_time(self, by: timedelta) -> None:
        """Move the clock on."""
        self.moment += by


def stored(article: Article, each: Finished) -> Stored:
    """Return finished bytes as the public store holds them."""
    return Stored(
        article=article.id,
        version=article.version,
        locale=each.locale,
        slug=each.slug,
        body=each.body,
        etag=each.etag,
        retracted=article.retracted,
        first_published_at=article.first_published_at,
        published_at=article.published_at,
    )
