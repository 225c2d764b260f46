# SPDX-License-Identifier: EUPL-1.2
"""Write the words of what is live, in the transaction that makes it so."""

from collections.abc import Iterable
from typing import Any, Final

import orjson
from sqlalchemy import Connection, text

from content_api.domain.bigrams import has_bigrams, spaced
from content_api.domain.finished import WHOLE, Finished
from content_api.domain.search_text import SearchText, searchable
from content_api.store import languages

_FORGET: Final = text("""
DELETE FROM content_api.search s WHERE s.article_id = :article AND NOT EXISTS (
    SELECT FROM content_api.published p
    WHERE p.article_id = s.article_id AND p.locale = s.locale AND NOT p.retracted)
""")
_WORDS: Final = """
setweight(to_tsvector(CAST(:{0} AS regconfig), :title), 'A')
|| setweight(to_tsvector(CAST(:{0} AS regconfig), :summary), 'B')
|| setweight(to_tsvector(CAST(:{0} AS regconfig), :body), 'D')
"""
_INDEX: Final = text(f"""
INSERT INTO content_api.search (article_id, locale, first_published_at, folded, exact)
SELECT article_id, locale, first_published_at, {_WORDS.format("folded")}, {_WORDS.format("exact")}
FROM content_api.published
WHERE article_id = :article AND locale = :locale AND NOT retracted
ON CONFLICT (article_id, locale) DO UPDATE SET
    first_published_at = excluded.first_published_at,
    folded = excluded.folded, exact = excluded.exact
""")  # noqa: S608  # constants


def index(connection: Connection, article: str, finished: Iterable[Finished]) -> None:
    """Index the languages written, forget those that are no longer live.

    Call it after `published` has been written.
    """
    connection.execute(_FORGET, {"article": article})
    rows = [_row(article, each.locale, each.body) for each in finished if each.locale != WHOLE]
    if rows:
        connection.execute(_INDEX, rows)


def index_all(connection: Connection) -> int:
    """Index everything that is live, as after a change of how texts are read; count it."""
    live = connection.execute(
        text(
            "SELECT article_id::text AS article, locale, body FROM content_api.published"
            " WHERE NOT retracted AND locale <> ''"
        ).execution_options(yield_per=200)
    )
    count = 0
    for rows in live.partitions():
        connection.execute(_INDEX, [_row(row.article, row.locale, row.body) for row in rows])
        count += len(rows)
    return count


def _row(article: str, locale: str, body: bytes) -> dict[str, Any]:
    words = searchable(orjson.loads(body)["locales"][locale])
    if has_bigrams(locale):
        words = SearchText(*(spaced(part, tail=True) for part in _parts(words)))
    title, summary, rest = _parts(words)
    return {
        "article": article,
        "locale": locale,
        "title": title,
        "summary": summary,
        "body": rest,
        "folded": languages.folded(locale),
        "exact": languages.exact(locale),
    }


def _parts(words: SearchText) -> tuple[str, str, str]:
    return words.title, words.summary, words.body
