# SPDX-License-Identifier: EUPL-1.2
"""Keep, with each draft, what its translations were made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from communique.errors import InvalidInput
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.document import Document
from content_api.domain.segments import segments
from content_api.domain.translation import (
    Documents,
    Link,
    Made,
    Origin,
    Row,
    Translation,
    carried,
    settled,
    side_by_side,
)
from content_api.domain.translation_errors import NoTranslation, StaleTranslation
from content_api.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Seen:
    """On sight of what somebody acts: a draft, and a record of the translation if they name it."""

    draft: int
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A translation as of the current draft of its article."""

    article: DeskArticle
    draft: Draft
    locale: str
    record: Translation | None
    links: tuple[Link, ...]
    documents: Documents

    @property
    def document(self) -> Document:
        """Return the current document."""
        return self.draft.document

    @property
    def number(self) -> int:
        """Return the number of what is known of it; 0 when nothing but the drafts is."""
        return 0 if self.record is None else self.record.number

    def check_seen(self, seen: Seen) -> None:
        """Refuse what was done on sight of another state.

        Raises:
            StaleTranslation: somebody has been quicker.
        """
        if seen.record not in {None, self.number} or seen.draft != self.draft.number:
            raise StaleTranslation(self.draft.number, self.number)

    def rows(self) -> tuple[Row, ...]:
        """Return source and target line by line."""
        return side_by_side(self.links, self.document, self.locale, self.documents)


def standing(unit: UnitOfWork, article: DeskArticle, locale: str) -> Standing:
    """Return how a translation stands.

    Raises:
        NoTranslation: the article is written in that language.
    """
    return standings(unit, article, [locale])[0]


def standings(
    unit: UnitOfWork, article: DeskArticle, locales: Sequence[str] | None = None
) -> list[Standing]:
    """Return how these translations stand, or all that the current draft has.

    Raises:
        NoTranslation: the article is written in one of these languages.
    """
    draft = unit.drafts.get(article.id, article.draft_number)
    source = draft.document.source_locale
    if locales is None:
        locales = sorted(draft.document.locales.keys() - {source})
    if source in locales:
        raise NoTranslation(source)
    documents = documents_of(unit, article.id)
    known = unit.translations.latest(article.id)
    return [
        Standing(
            article,
            draft,
            locale,
            known.get(locale),
            settled(known.get(locale), article.draft_number, locale, documents),
            documents,
        )
        for locale in locales
    ]


def documents_of(unit: UnitOfWork, article_id: str) -> Documents:
    """Return what fetches the document of a draft, each once."""

    @cache
    def document(number: int) -> Document:
        return unit.drafts.get(article_id, number).document

    return document


def check_source_draft(current: DeskArticle, source_draft: int | None) -> None:
    """Refuse a draft that is not there yet.

    Raises:
        InvalidInput: the article has no such draft.
    """
    if source_draft is not None and not 1 <= source_draft <= current.draft_number:
        raise InvalidInput(
            f"The article has drafts 1 to {current.draft_number}.",
            errors={"Source-Draft": ["Names no draft of this article."]},
        )


def keep_translations(
    unit: UnitOfWork, draft: Draft, *, locale: str | None = None, source_draft: int | None = None
) -> None:
    """Record what has changed in the translations of a draft that was just written.

    `locale` is the one language that somebody has saved by itself, from that draft of the source.
    """
    documents = documents_of(unit, draft.article)
    before, now = documents(draft.number - 1), draft.document
    known = unit.translations.latest(draft.article)
    for each in sorted(now.locales.keys() - {now.source_locale}):
        record = known.get(each)
        saved = each == locale and (
            source_draft is not None or (record is not None and record.origin is Origin.MACHINE)
        )
        if not saved and segments(before, each) == segments(now, each):
            continue
        declared = source_draft if each == locale else None
        made = Made(declared or draft.number, {}, all=declared is not None)
        links = carried(
            settled(record, draft.number - 1, each, documents),
            before,
            now,
            each,
            source=documents(made.source_draft),
            made=made,
            documents=documents,
        )
        add_record(unit, draft, each, made.source_draft, Origin.SAVED, draft.author, links)


def add_record(
    unit: UnitOfWork,
    draft: Draft,
    locale: str,
    source_draft: int,
    origin: Origin,
    by: str,
    links: tuple[Link, ...],
) -> Translation:
    """Write the next record of a translation."""
    before = unit.translations.latest(draft.article).get(locale)
    record = Translation(
        article=draft.article,
        locale=locale,
        number=1 if before is None else before.number + 1,
        draft=draft.number,
        source_draft=source_draft,
        origin=origin,
        by=by,
        at=unit.now(),
        links=links,
    )
    unit.translations.add(record)
    return record
