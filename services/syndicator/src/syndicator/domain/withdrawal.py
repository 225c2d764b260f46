# SPDX-License-Identifier: EUPL-1.2
"""How an article looks to a channel that should not have it any more."""

from dataclasses import replace

from communique.events.article import Article, Revision


def as_withdrawn(article: Article) -> Article:
    """Return the article as a retraction without a notice of its own: bare identity and titles."""
    locales = {
        locale: replace(text, body=(), summary=None, correction_note=None)
        for locale, text in article.locales.items()
    }
    return replace(article, revision=Revision.RETRACTION, locales=locales, media=())
