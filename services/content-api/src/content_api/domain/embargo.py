# SPDX-License-Identifier: EUPL-1.2
"""What the press holds in trust before an embargo lifts: documents of a tier of their own.

They are counted by themselves: an article that the press has seen in three versions still begins
its public life with version 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from communique.events.article import Article, Audience, Revision
from communique.events.envelope import EventType
from content_api.domain.changes import changed_locales
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.finished import finish_whole
from content_api.domain.publication import document_of, publication, retraction
from content_api.domain.states import State


class HeldState(StrEnum):
    """What has become of the embargo."""

    HELD = "held"
    LIFTED = "lifted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Held:
    """The latest document of an article on the press tier."""

    article: Article
    state: HeldState
    body: bytes
    etag: str


ANNOUNCED: Final[Mapping[Revision, EventType]] = {
    Revision.ORIGINAL: EventType.ARTICLE_PUBLISHED,
    Revision.UPDATE: EventType.ARTICLE_UPDATED,
    Revision.CORRECTION: EventType.ARTICLE_CORRECTED,
}


def for_press(record: DeskArticle, document: Document) -> bool:
    """Tell whether the press may hold this document now."""
    return (
        record.state is State.SCHEDULED
        and record.approved
        and document.audience is Audience.PRESS
        and record.embargo_until is not None
    )


def held_form(record: DeskArticle, document: Document, before: Held | None) -> Held:
    """Return the next document of the tier; it is dated to the moment its embargo lifts.

    It is a correction when each language that has changed since the last says what was wrong.
    """
    if before is None:
        return _held(_dated(record, document, 1, Revision.ORIGINAL), HeldState.HELD)
    version = before.article.version + 1
    revision = Revision.UPDATE
    if before.state is HeldState.HELD:
        changed = changed_locales(document_of(before.article), document)
        notes = [document.locales[locale].correction_note for locale in changed]
        revision = Revision.CORRECTION if notes and all(notes) else Revision.UPDATE
    return _held(_dated(record, document, version, revision), HeldState.HELD)


def same_words(one: Held, other: Held) -> bool:
    """Tell whether two documents of the tier say the same."""
    article = replace(one.article, version=other.article.version, revision=other.article.revision)
    return one.state is other.state and _sources(article) == _sources(other.article)


def lifted_form(public: Article, before: Held) -> Held:
    """Return the last document of the tier: the article as it has become public."""
    version = before.article.version + 1
    return _held(replace(public, version=version, revision=Revision.UPDATE), HeldState.LIFTED)


def cancelled_form(record: DeskArticle, notice: str, before: Held, moment: datetime) -> Held:
    """Return the last document of the tier: titles without text, and the reason."""
    document = document_of(before.article)
    dated = replace(
        record,
        version=before.article.version + 1,
        first_published_at=before.article.first_published_at,
        published_at=moment,
    )
    article = retraction(dated, document, dict.fromkeys(document.locales, notice))
    return _held(article, HeldState.CANCELLED)


def _dated(record: DeskArticle, document: Document, version: int, revision: Revision) -> Article:
    until = record.embargo_until
    dated = replace(record, version=version, first_published_at=until, published_at=until)
    return publication(dated, document, revision)


def _sources(article: Article) -> Article:
    locales = {
        locale: replace(text, source_version=None) for locale, text in article.locales.items()
    }
    return replace(article, locales=locales)


def _held(article: Article, state: HeldState) -> Held:
    whole = finish_whole(article)
    return Held(article, state, whole.body, whole.etag)
