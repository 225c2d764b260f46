# SPDX-License-Identifier: EUPL-1.2
"""The finished bytes of a published article: written once, served as they are."""

import hashlib
from dataclasses import dataclass
from typing import Final

import orjson

from communique.events.article import Article
from communique.events.shapes import ArticleSchema

#: Stands for the whole document, in all its languages.
WHOLE: Final = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What is served for one language, or for the whole document."""

    locale: str
    slug: str | None
    body: bytes
    etag: str


def finish(article: Article) -> tuple[Finished, ...]:
    """Write the whole document, and one document per language.

    A language's document has the same form, with that language alone in `locales`, and names it in
    `locale`.
    """
    whole = ArticleSchema().dump(article)
    single = (
        _finished(
            locale,
            article.locales[locale].slug,
            {**whole, "locale": locale, "locales": {locale: text}},
        )
        for locale, text in whole["locales"].items()
    )
    return (_finished(WHOLE, None, whole), *single)


def _finished(locale: str, slug: str | None, document: dict[str, object]) -> Finished:
    body = orjson.dumps(document)
    return Finished(locale, slug, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
