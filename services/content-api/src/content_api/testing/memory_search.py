# SPDX-License-Identifier: EUPL-1.2
"""Search in memory: the same rules on whole words, without stems."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import orjson

from content_api.domain.bigrams import has_bigrams, spaced
from content_api.domain.highlight import BEGIN, END
from content_api.domain.search_query import Query, Term
from content_api.domain.search_text import searchable
from content_api.ports import Filter, Found, Rank
from content_api.testing.memory_shelf import MemoryShelf
from content_api.testing.memory_tables import Database


class MemorySearch:
    """Finds what a memory store shows."""

    def __init__(self, database: Database) -> None:
        """Take the database."""
        self._database = database

    def find(self, query: Query, wanted: Filter, after: Rank | None, limit: int) -> Sequence[Found]:
        """Return what is live and has all terms, the best first."""
        found = sorted(self._all(query, wanted), key=_order, reverse=True)
        if after is not None:
            last = (after.score, after.first_published_at, after.article)
            found = [each for each in found if _order(each) < last]
        return found[:limit]

    def mark(self, query: Query, texts: Sequence[str], *, whole: bool) -> Sequence[str]:
        """Return the texts with BEGIN and END around each find."""
        del whole
        wanted = {word for term in query.terms for word in folded(term.text).split()}
        return [
            re.sub(
                r"\w+",
                lambda word: f"{BEGIN}{word[0]}{END}" if folded(word[0]) in wanted else word[0],
                text,
            )
            for text in texts
        ]

    def _all(self, query: Query, wanted: Filter) -> Iterator[Found]:
        page = MemoryShelf(self._database).page(wanted, None, len(self._database.tables.published))
        for stored in page.items:
            _, article = self._database.tables.published[stored.article, stored.locale]
            words = searchable(orjson.loads(stored.body)["locales"][stored.locale])
            parts = [words.title, words.summary, words.body]
            if has_bigrams(stored.locale):
                parts = [spaced(part, tail=True) for part in parts]
            score = _score(query.terms, parts)
            if score is not None:
                yield Found(
                    stored.article,
                    stored.locale,
                    stored.version,
                    article.kind.value,
                    stored.slug,
                    stored.body,
                    stored.first_published_at,
                    stored.published_at,
                    score,
                )


def folded(text: str) -> str:
    """Return the text in lower case, without accents."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _score(terms: Sequence[Term], parts: Sequence[str]) -> float | None:
    whole = " ".join(parts)
    if not _has(terms, folded(whole), fold=True):
        return None
    place = next((at for at, part in enumerate(parts) if _has(terms, folded(part), fold=True)), 2)
    return (8, 4, 0)[place] + (2 if _has(terms, whole.lower(), fold=False) else 0)


def _has(terms: Sequence[Term], text: str, *, fold: bool) -> bool:
    for term in terms:
        wanted = folded(term.text) if fold else term.text.lower()
        pattern = rf"\b{re.escape(wanted)}" + ("" if term.beginning else r"\b")
        if bool(re.search(pattern, text)) is term.absent:
            return False
    return True


def _order(found: Found) -> tuple[object, ...]:
    return found.score, found.first_published_at, found.article
