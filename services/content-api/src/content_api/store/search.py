# SPDX-License-Identifier: EUPL-1.2
"""Find live articles by PostgreSQL's full text search.

Matches are found through the GIN index without accents; the newest of them are ranked: where it was
found (title, summary, body) first, then whether accents agree, then how often and how near.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from psycopg.sql import SQL, Composed, Literal, Placeholder

from content_api.domain.highlight import BEGIN, END
from content_api.domain.search_query import Query, Term
from content_api.ports import Filter, Found, Rank
from content_api.store import languages
from content_api.store.reader import Reader

#: How many matches are ranked, the newest; older ones are not found by so common a word.
MOST_RANKED: Final = 5_000
_CONDITIONS: Final[Mapping[str, SQL]] = {
    "kind": SQL(" AND p.kind = %(kind)s"),
    "topic": SQL(" AND p.topics @> ARRAY[%(topic)s]"),
    "place": SQL(" AND p.places @> ARRAY[%(place)s]"),
    "mission": SQL(" AND p.missions @> ARRAY[%(mission)s]"),
    "since": SQL(" AND p.first_published_at >= %(since)s"),
    "until": SQL(" AND p.first_published_at < %(until)s"),
}
_FIND: Final = SQL(
    """
WITH matches AS MATERIALIZED (
    SELECT s.article_id, s.locale, s.first_published_at, s.folded, s.exact
    FROM content_api.search s
    JOIN content_api.published p ON p.article_id = s.article_id AND p.locale = s.locale
    WHERE s.folded @@ ({folded}) AND s.locale = %(locale)s AND NOT p.retracted{conditions}
    ORDER BY s.first_published_at DESC LIMIT %(ranked)s
), ranked AS (
    SELECT article_id, locale, first_published_at,
        CASE WHEN ts_filter(folded, '{{a}}') @@ ({folded}) THEN 8
            WHEN ts_filter(folded, '{{b}}') @@ ({folded}) THEN 4 ELSE 0 END
        + CASE WHEN exact @@ ({exact}) THEN 2 ELSE 0 END
        + ts_rank(folded, ({folded}), 32)::float8 AS score
    FROM matches
)
SELECT r.article_id::text AS article, r.locale, p.version, p.kind, p.slug, p.body,
    r.first_published_at, p.published_at, r.score
FROM ranked r JOIN content_api.published p USING (article_id, locale)
WHERE true{after}
ORDER BY r.score DESC, r.first_published_at DESC, r.article_id DESC LIMIT %(limit)s
"""
)
_AFTER: Final = SQL(
    " AND (r.score, r.first_published_at, r.article_id)"
    " < (%(score)s::float8, %(first_published_at)s::timestamptz, %(article)s::uuid)"
)
_MARK: Final = SQL(
    "SELECT ts_headline({config}::regconfig, t.words, ({query}), {options}) AS words"
    " FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS t(words, place) ORDER BY t.place"
)
_SELECTORS: Final = f'StartSel="{BEGIN}", StopSel="{END}"'
_WHOLE: Final = f"{_SELECTORS}, HighlightAll=true"
_PARTS: Final = f'{_SELECTORS}, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "'


@dataclass(frozen=True, slots=True)
class _Text:
    words: str


class PostgresSearch:
    """Full text search, one statement a question."""

    def __init__(self, reader: Reader) -> None:
        """Take what asks the database."""
        self._reader = reader

    def find(self, query: Query, wanted: Filter, after: Rank | None, limit: int) -> Sequence[Found]:
        """Return what is live and has all terms, the best first."""
        values = values_of(query, wanted, after, limit)
        return self._reader.all(statement(query, wanted, after), values, Found)

    def mark(self, query: Query, texts: Sequence[str], *, whole: bool) -> Sequence[str]:
        """Return the texts, or parts of them around a find, with BEGIN and END around each find."""
        config = languages.folded(query.locale)
        statement = _MARK.format(
            config=Literal(config),
            query=_tsquery(config, query.terms),
            options=Literal(_WHOLE if whole else _PARTS),
        )
        values = {**_words(query), "texts": list(texts)}
        rows = self._reader.all(statement, values, _Text)
        return [row.words for row in rows]


def statement(query: Query, wanted: Filter, after: Rank | None) -> Composed:
    """Return the statement that finds."""
    conditions = [each for name, each in _CONDITIONS.items() if getattr(wanted, name) is not None]
    return _FIND.format(
        folded=_tsquery(languages.folded(query.locale), query.terms),
        exact=_tsquery(languages.exact(query.locale), query.terms),
        conditions=SQL("").join(conditions),
        after=SQL("") if after is None else _AFTER,
    )


def values_of(query: Query, wanted: Filter, after: Rank | None, limit: int) -> dict[str, Any]:
    """Return the parameters of that statement."""
    values = {name: getattr(wanted, name) for name in ("locale", *_CONDITIONS)}
    values |= {**_words(query), "limit": limit, "ranked": MOST_RANKED}
    if after is not None:
        values |= {
            "score": after.score,
            "first_published_at": after.first_published_at,
            "article": after.article,
        }
    return values


def _words(query: Query) -> dict[str, str]:
    """Return the parameters that stand for the terms."""
    return {f"term{place}": _word(term) for place, term in enumerate(query.terms)}


def _word(term: Term) -> str:
    if not term.beginning:
        return term.text
    quoted = term.text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"


def _tsquery(config: str, terms: Sequence[Term]) -> Composed:
    parts = [_one(config, f"term{place}", term) for place, term in enumerate(terms)]
    return SQL(" && ").join(parts)


def _one(config: str, name: str, term: Term) -> Composed:
    made = SQL("to_tsquery" if term.beginning else "phraseto_tsquery")
    called = made + SQL("({}::regconfig, {})").format(Literal(config), Placeholder(name))
    return SQL("!!") + called if term.absent else called
