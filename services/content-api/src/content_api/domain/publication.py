# SPDX-License-Identifier: EUPL-1.2
"""Build the published version of a document: pure, from what the desk wrote and the moment."""

from collections.abc import Mapping
from dataclasses import fields, replace

from communique.events.article import Article, Localization, Revision
from communique.events.envelope import EventType
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.document_codec import content_hash

EVENTS: Mapping[Revision, EventType] = {
    Revision.ORIGINAL: EventType.ARTICLE_PUBLISHED,
    Revision.UPDATE: EventType.ARTICLE_UPDATED,
    Revision.CORRECTION: EventType.ARTICLE_CORRECTED,
    Revision.RETRACTION: EventType.ARTICLE_RETRACTED,
}


def event_of(article: Article, *, replayed: bool = False) -> EventType:
    """Return what announces a version; what is told again is no news to anybody."""
    return EventType.ARTICLE_REPLAYED if replayed else EVENTS[article.revision]


def publication(record: DeskArticle, document: Document, revision: Revision) -> Article:
    """Return the document as the version that the record has just become."""
    locales = {
        locale: _localization(record.version, localization, source=locale == document.source_locale)
        for locale, localization in sorted(document.locales.items())
    }
    return _article(record, document, revision, locales)


def retraction(record: DeskArticle, document: Document, notices: Mapping[str, str]) -> Article:
    """Return the withdrawn form: identity, titles and slugs stay, each language has its notice."""
    locales = {
        locale: Localization(
            title=localization.title,
            slug=localization.slug,
            body=(),
            correction_note=notices[locale],
            source_version=None if locale == document.source_locale else record.version,
        )
        for locale, localization in sorted(document.locales.items())
    }
    hashed = {locale: _hashed(localization) for locale, localization in locales.items()}
    bare = Document(
        kind=document.kind,
        source_locale=document.source_locale,
        locales=hashed,
        audience=document.audience,
        urgency=document.urgency,
        topics=document.topics,
        places=document.places,
        missions=document.missions,
        links=document.links,
        rights=document.rights,
    )
    return _article(record, bare, Revision.RETRACTION, hashed)


def withdrawn_form(article: Article, notice: str) -> Article:
    """Return an article in the one language it has, withdrawn: title and slug stay."""
    return replace(
        article,
        revision=Revision.RETRACTION,
        locales={
            locale: _hashed(
                Localization(
                    title=text.title,
                    slug=text.slug,
                    body=(),
                    correction_note=notice,
                    source_version=text.source_version,
                )
            )
            for locale, text in article.locales.items()
        },
        embargo_until=None,
        speaker=None,
        byline=None,
        media=(),
    )


def document_of(article: Article) -> Document:
    """Return what a desk wrote of a published article."""
    names = (each.name for each in fields(Document))
    return Document(**{name: getattr(article, name) for name in names})


def _hashed(localization: Localization) -> Localization:
    return replace(localization, content_hash=content_hash(localization))


def _localization(version: int, localization: Localization, *, source: bool) -> Localization:
    return replace(
        localization,
        source_version=None if source else version,
        content_hash=content_hash(localization),
    )


def _article(
    record: DeskArticle,
    document: Document,
    revision: Revision,
    locales: Mapping[str, Localization],
) -> Article:
    if record.first_published_at is None or record.published_at is None:
        raise ValueError("a version needs the moment of its publication")
    return Article(
        id=record.id,
        version=record.version,
        revision=revision,
        kind=document.kind,
        source_locale=document.source_locale,
        first_published_at=record.first_published_at,
        published_at=record.published_at,
        locales=locales,
        audience=document.audience,
        urgency=document.urgency,
        embargo_until=document.embargo_until,
        topics=document.topics,
        places=document.places,
        missions=document.missions,
        speaker=document.speaker,
        byline=document.byline,
        media=document.media,
        links=document.links,
        rights=document.rights,
    )
