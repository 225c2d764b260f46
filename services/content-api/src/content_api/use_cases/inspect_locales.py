# SPDX-License-Identifier: EUPL-1.2
"""Show where each language of an article is."""

from collections.abc import Sequence

from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.locale_life import LocaleLife, LocaleView, life_of, view_of
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.review_locale import is_approved, words_of


def list_locales(article_id: str, deps: Deps) -> tuple[DeskArticle, Sequence[LocaleView]]:
    """Return the article and the state of every language it has or had, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        current = unit.articles.get(article_id)
        document = words_of(unit, current)
        lives = unit.locales.of(article_id)
        locales = sorted(document.locales.keys() | lives.keys())
        return current, [_view(unit, current, document, lives, each) for each in locales]


def view_locale(article_id: str, locale: str, deps: Deps) -> tuple[DeskArticle, LocaleView]:
    """Return the article and the state of one language, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        current = unit.articles.get(article_id)
        lives = unit.locales.of(article_id)
        return current, _view(unit, current, words_of(unit, current), lives, locale)


def _view(
    unit: UnitOfWork,
    current: DeskArticle,
    document: Document,
    lives: dict[str, LocaleLife],
    locale: str,
) -> LocaleView:
    life = life_of(lives, current.id, locale)
    text = document.locales.get(locale)
    approved = text is not None and is_approved(unit, current, life, document)
    source = None if locale == document.source_locale else lives.get(document.source_locale)
    overdue = life.publish_at is not None and life.publish_at <= unit.now()
    return view_of(life, text, source, approved=approved, overdue=overdue)
