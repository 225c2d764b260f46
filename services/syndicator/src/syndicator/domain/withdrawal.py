# SPDX-License-Identifier: EUPL-1.2
"""How an article looks to a channel that should not have it any more."""

from dataclasses import replace

from communique.events.article import Article, Localization, Revision


def as_withdrawn(article: Article, locale: str) -> Article:
    """Return the article as a retraction, in the language in which it stands there.

    Without a notice of its own it has bare identity and titles. A language that the article has no
    more is stood in for by another one, so that what is withdrawn keeps its identity.
    """
    kept = article.locales
    if not article.retracted:
        kept = {each: _bare(text) for each, text in article.locales.items()}
    if locale not in kept:
        standing_in = kept.get(article.source_locale) or next(iter(kept.values()))
        kept = {**kept, locale: standing_in}
    return replace(article, revision=Revision.RETRACTION, locales=kept, media=())


def _bare(text: Localization) -> Localization:
    return replace(text, body=(), summary=None, correction_note=None)
