# SPDX-License-Identifier: EUPL-1.2
"""Write the delivery log: what readers can see of an article now, against what it last said."""

from typing import Final

from sqlalchemy import Connection, text

# The position is taken under the lock of `published_position`, which is held until commit.
_RECORD: Final = text("""
INSERT INTO content_api.log
    (position, article_id, locale, version, live, reason, audience, kind, topics, places, missions,
     etag, was_live, was_audience, was_kind, was_topics, was_places, was_missions)
SELECT nextval('content_api.published_position'), CAST(:article AS uuid), locale,
    coalesce(p.version, b.version), p.shown IS TRUE,
    CASE WHEN p.shown THEN NULL WHEN p.whole_retracted THEN 'retracted' ELSE 'withdrawn' END,
    'public', coalesce(p.kind, b.kind), coalesce(p.topics, b.topics), coalesce(p.places, b.places),
    coalesce(p.missions, b.missions), coalesce(p.etag, b.etag),
    b.live IS TRUE, b.audience, b.kind, b.topics, b.places, b.missions
FROM (
    SELECT *, NOT retracted AS shown,
        bool_or(retracted) FILTER (WHERE locale = '') OVER () AS whole_retracted
    FROM content_api.published WHERE article_id = :article
) p FULL JOIN (
    SELECT DISTINCT ON (locale) * FROM content_api.log
    WHERE article_id = :article ORDER BY locale, position DESC
) b USING (locale)
WHERE p.shown IS DISTINCT FROM b.live AND (p.shown IS NOT NULL OR b.live)
    OR p.etag IS DISTINCT FROM b.etag AND p.shown IS NOT NULL
ORDER BY locale
""")


def record(connection: Connection, article: str) -> None:
    """Log what has become of each language, and of the whole, since the log last spoke of it.

    Call it after every change of `published`, in the same transaction, under the lock of positions.
    """
    connection.execute(_RECORD, {"article": article})
