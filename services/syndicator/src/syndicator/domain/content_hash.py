# SPDX-License-Identifier: EUPL-1.2
"""Tell whether two versions of an article read the same in one language."""

import hashlib
from dataclasses import replace

import orjson

from communique.events.article import Article


def content_hash(article: Article, locale: str, *, selected: bool) -> str:
    """Return a hash of what a reader of that language sees; a withdrawal has its own."""
    text = article.locales.get(locale)
    shown = {
        "text": None if text is None else replace(text, source_version=None, content_hash=None),
        "media": article.media,
        "withdrawn": article.retracted or not selected,
    }
    return hashlib.sha256(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)).hexdigest()
