# SPDX-License-Identifier: EUPL-1.2
"""Find live articles by their words, and show where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from content_api.domain.highlight import BEGIN, mark_strings, marked, snippet
from content_api.domain.search_query import Query, read_query
from content_api.domain.search_text import SearchText, searchable
from content_api.ports import Deps, Filter, Found, Rank

MOST_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, and where: HTML with nothing but text and `<mark>`."""

    found: Found
    title: str
    summary: str | None
    highlight: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hits:
    """The best first, and where to go on (None: that was all)."""

    items: Sequence[Hit]
    next: Rank | None


def search_articles(
    text: str, wanted: Filter, deps: Deps, *, after: Rank | None, limit: int
) -> Hits:
    """Return what is live in one language and has all the words.

    Raises:
        InvalidInput: the text names nothing that could be found, or too much.
    """
    query = read_query(text, wanted.locale)
    rows = deps.search.find(query, wanted, after, limit + 1)
    shown = rows[:limit]
    texts = [_text(row) for row in shown]
    marks = _marks(query, texts, deps)
    items = [
        Hit(row, words.title, words.summary or None, each)
        for row, words, each in zip(shown, texts, marks, strict=True)
    ]
    return Hits(items, shown[-1].rank if len(rows) > limit else None)


def _text(row: Found) -> SearchText:
    document: dict[str, Any] = orjson.loads(row.body)
    return searchable(document["locales"][row.locale])


def _marks(query: Query, texts: Sequence[SearchText], deps: Deps) -> list[dict[str, str]]:
    short = [part for each in texts for part in (each.title, each.summary)]
    bodies = [each.body for each in texts]
    if query.shown:
        heads = [mark_strings(each, query.shown) for each in short]
        parts = [snippet(mark_strings(each, query.shown)) for each in bodies]
    else:
        heads = list(deps.search.mark(query, short, whole=True)) if short else []
        parts = list(deps.search.mark(query, bodies, whole=False)) if bodies else []
    found = zip(heads[::2], heads[1::2], parts, strict=True)
    names = ("title", "summary", "body")
    return [
        {name: marked(each) for name, each in zip(names, one, strict=True) if BEGIN in each}
        for one in found
    ]
