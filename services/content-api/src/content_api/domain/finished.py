# SPDX-License-Identifier: EUPL-1.2
"""The finished bytes of a published article: written once, served as they are."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import orjson

from communique.events.article import Article
from communique.events.shapes import ArticleSchema
from content_api.domain.locale_life import LocaleLife
from content_api.domain.words import only, worded

#: Stands for the whole document, in all its languages.
WHOLE: Final = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What is served for one language, or for the whole document; `article` is what it says."""

    locale: str
    slug: str | None
    body: bytes
    etag: str
    article: Article


def finish(article: Article, lives: Mapping[str, LocaleLife] | None = None) -> tuple[Finished, ...]:
    """Write the whole document, and one document per language."""
    known = lives or {}
    single = (finish_locale(article, each, known.get(each)) for each in sorted(article.locales))
    return (finish_whole(article), *single)


def finish_whole(article: Article) -> Finished:
    """Write the document in all its languages."""
    return _finished(WHOLE, None, article, {})


def finish_locale(article: Article, locale: str, life: LocaleLife | None = None) -> Finished:
    """Write the document of one language; it has the same form, and is named in `locale`."""
    alone = in_language(article, locale)
    if life is not None and life.version:
        alone = replace(
            alone,
            version=life.version,
            revision=life.revision,
            first_published_at=life.first_published_at or article.first_published_at,
            published_at=life.published_at or article.published_at,
        )
    return _finished(locale, article.locales[locale].slug, alone, {"locale": locale})


def in_language(article: Article, locale: str) -> Article:
    """Return the article with one language alone: no word of another is left in it."""
    mine = only(worded(article), lambda each: each == locale)
    return replace(
        article,
        locales={locale: article.locales[locale]},
        media=mine.media,
        speaker=mine.speaker,
        rights=mine.rights,
        signature=None,
    )


def _finished(locale: str, slug: str | None, article: Article, more: Mapping[str, str]) -> Finished:
    body = orjson.dumps({**ArticleSchema().dump(article), **more})
    return Finished(locale, slug, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', article)
