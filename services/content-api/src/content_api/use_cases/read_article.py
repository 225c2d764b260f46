# SPDX-License-Identifier: EUPL-1.2
"""Hand out the finished bytes of a live article."""

from collections.abc import Sequence

import orjson

from content_api.domain.errors import NoSuchArticle, NoSuchLocale, Withdrawn
from content_api.domain.finished import WHOLE
from content_api.ports import Deps, Shelf, Stored


def read_article(article_id: str, locales: Sequence[str], deps: Deps) -> Stored:
    """Return the first of the languages asked for that there is; no language: the whole document.

    Raises:
        NoSuchArticle: it was never live.
        NoSuchLocale: it is live in none of these languages.
        Withdrawn: it has been retracted, or the languages asked for have been taken down.
    """
    for locale in locales or (WHOLE,):
        stored = deps.shelf.get(article_id, locale)
        if stored is not None and not stored.retracted:
            return stored
    known = deps.shelf.find(article_id)
    if not known:
        raise NoSuchArticle
    for locale in (*locales, WHOLE):
        if locale in known:
            _live(known[locale], deps.shelf)
    raise NoSuchLocale(
        locales,
        (locale for locale, each in known.items() if locale != WHOLE and not each.retracted),
    )


def read_by_slug(locale: str, slug: str, deps: Deps) -> Stored:
    """Return the article at an address, present or former.

    Raises:
        NoSuchArticle: there is none, or it was never live.
        Withdrawn: it has been retracted.
    """
    stored = deps.shelf.by_slug(locale, slug)
    if stored is None:
        raise NoSuchArticle
    return _live(stored, deps.shelf)


def _live(stored: Stored, shelf: Shelf) -> Stored:
    if not stored.retracted:
        return stored
    whole = shelf.get(stored.article, WHOLE) or stored
    # One language may be taken down by itself: then its own document is the notice.
    whole = whole if whole.retracted else stored
    notices = {
        locale: text["correction_note"]
        for locale, text in orjson.loads(whole.body)["locales"].items()
    }
    raise Withdrawn(stored.article, stored.version, notices)
