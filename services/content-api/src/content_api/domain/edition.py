# SPDX-License-Identifier: EUPL-1.2
"""What one publication makes of an article: the whole, and the languages that it changes.

A language whose own document stays the same keeps its stored bytes, its version and its moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from communique.events.article import Article, Localization, Revision
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.document_codec import content_hash
from content_api.domain.errors import NothingToPublish, UnknownAssets
from content_api.domain.finished import Finished, finish_locale, finish_whole, in_language
from content_api.domain.locale_life import LocaleLife, life_of
from content_api.domain.publication import publication, withdrawn_form
from content_api.domain.words import Worded, assets_in, only, taking, worded

Lives = Mapping[str, LocaleLife]


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole as of this version, the bytes to write, and the lives that it changes."""

    article: Article
    finished: tuple[Finished, ...]
    lives: tuple[LocaleLife, ...]


def whole_edition(
    record: DeskArticle,
    document: Document,
    revision: Revision,
    lives: Lives,
    before: Article | None,
) -> Edition:
    """Publish every language of a document, but those that were withdrawn by themselves.

    Raises:
        NothingToPublish: all its languages are withdrawn.
    """
    texts = {
        locale: text
        for locale, text in document.locales.items()
        if not life_of(lives, record.id, locale).withdrawn
    }
    if not texts:
        raise NothingToPublish
    hidden = document.locales.keys() - texts.keys()
    parts = only(worded(document), lambda locale: locale not in hidden)
    shown = publication(record, _with(replace(document, locales=texts), parts), revision)
    following = _next_lives(record, shown, lives, document.source_locale)
    article = _with_sources(shown, following)
    return _edition(article, following, lives, before)


def locale_edition(
    record: DeskArticle,
    document: Document,
    locale: str,
    lives: Lives,
    before: Article | None,
    *,
    corrected: bool = False,
) -> Edition:
    """Publish one language; of the rest of the document, only its own words come along.

    Raises:
        UnknownAssets: it shows pictures that the published description does not have.
    """
    text = document.locales[locale]
    life = _made_public(record, text, lives, document.source_locale, locale, corrected=corrected)
    if before is None:
        parts = only(worded(document), lambda each: each == locale)
        alone = _with(replace(document, locales={locale: text}), parts)
        article = publication(record, alone, Revision.ORIGINAL)
    else:
        missing = assets_in(text) - {use.asset for use in before.media}
        if missing:
            raise UnknownAssets(locale, missing)
        public = replace(text, content_hash=life.content_hash)
        parts = taking(worded(before), worded(document), locale)
        article = _next(before, record, {**before.locales, locale: public}, parts)
        article = replace(article, revision=_of_article(life, lives))
    article = _with_sources(article, {locale: life})
    return Edition(article, (finish_whole(article), finish_locale(article, locale, life)), (life,))


def withdrawal(
    record: DeskArticle, locale: str, notice: str, lives: Lives, before: Article
) -> Edition:
    """Take one language down; its document becomes its notice, the others stay as they are.

    Raises:
        NothingToPublish: no other language would be left.
    """
    rest = {each: text for each, text in before.locales.items() if each != locale}
    if not rest:
        raise NothingToPublish
    parts = only(worded(before), lambda each: each != locale)
    article = _next(before, record, rest, parts)
    life = life_of(lives, record.id, locale).withdraw(notice, record.version, article.published_at)
    told = withdrawn_form(replace(article, locales={locale: before.locales[locale]}), notice)
    return Edition(article, (finish_whole(article), finish_locale(told, locale, life)), (life,))


def _edition(article: Article, following: Lives, lives: Lives, before: Article | None) -> Edition:
    changed = [
        life for locale, life in following.items() if not _same(article, before, locale, lives)
    ]
    gone = [
        life.dropped()
        for locale, life in lives.items()
        if life.live and locale not in article.locales
    ]
    single = (finish_locale(article, life.locale, life) for life in changed)
    return Edition(article, (finish_whole(article), *single), (*changed, *gone))


def _same(article: Article, before: Article | None, locale: str, lives: Lives) -> bool:
    if before is None or locale not in before.locales or locale not in lives:
        return False
    now = in_language(article, locale)
    then = in_language(before, locale)
    return now == replace(
        then,
        version=now.version,
        revision=now.revision,
        published_at=now.published_at,
        first_published_at=now.first_published_at,
    )


def _next_lives(
    record: DeskArticle, article: Article, lives: Lives, source_locale: str
) -> dict[str, LocaleLife]:
    corrected = article.revision is Revision.CORRECTION
    order = sorted(article.locales, key=lambda locale: (locale != source_locale, locale))
    following: dict[str, LocaleLife] = {}
    for locale in order:
        text, old = article.locales[locale], life_of(lives, record.id, locale)
        known = {**lives, **following}
        life = _made_public(record, text, known, source_locale, locale, corrected=corrected)
        if old.live and old.content_hash == content_hash(text):
            # The words are the old ones, so they go with the source they were made from.
            life = replace(life, source_version=old.source_version)
        following[locale] = life
    return following


def _made_public(
    record: DeskArticle,
    text: Localization,
    lives: Lives,
    source_locale: str,
    locale: str,
    *,
    corrected: bool,
) -> LocaleLife:
    if record.published_at is None:
        raise ValueError("a version needs the moment of its publication")
    source = None if locale == source_locale else lives.get(source_locale)
    return life_of(lives, record.id, locale).made_public(
        text, record.version, record.published_at, source=source, corrected=corrected
    )


def _of_article(life: LocaleLife, lives: Lives) -> Revision:
    old = lives.get(life.locale)
    if life.revision is Revision.CORRECTION and old is not None and old.live:
        return Revision.CORRECTION
    return Revision.UPDATE


def _with_sources(article: Article, lives: Lives) -> Article:
    locales = {
        locale: replace(text, source_version=lives[locale].source_version)
        if locale in lives
        else text
        for locale, text in article.locales.items()
    }
    return replace(article, locales=locales)


def _next(
    before: Article,
    record: DeskArticle,
    locales: Mapping[str, Localization],
    parts: Worded,
) -> Article:
    if record.published_at is None:
        raise ValueError("a version needs the moment of its publication")
    return replace(
        before,
        version=record.version,
        revision=Revision.UPDATE,
        published_at=record.published_at,
        locales=dict(sorted(locales.items())),
        media=parts.media,
        speaker=parts.speaker,
        rights=parts.rights,
        signature=None,
    )


def _with(document: Document, parts: Worded) -> Document:
    return replace(document, media=parts.media, speaker=parts.speaker, rights=parts.rights)
