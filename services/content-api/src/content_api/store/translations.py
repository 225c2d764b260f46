# SPDX-License-Identifier: EUPL-1.2
"""Load and save what translations were made from."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from content_api.domain.translation import Link, Origin, Translation
from content_api.store.tables_translation import translations


class StoredTranslations:
    """What is known of each translation, numbered; the last of a language counts."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, translation: Translation) -> None:
        """Insert it."""
        links = [
            [link.source_draft, link.target, link.source, link.source_hash]
            for link in translation.links
        ]
        self._connection.execute(
            insert(translations).values(
                article_id=translation.article,
                locale=translation.locale,
                number=translation.number,
                draft=translation.draft,
                source_draft=translation.source_draft,
                origin=translation.origin.value,
                by=translation.by,
                at=translation.at,
                links=links,
            )
        )

    def latest(self, article: str) -> Mapping[str, Translation]:
        """Return the last of every language of an article that has any."""
        table = translations
        rows = self._connection.execute(
            select(table)
            .ext(distinct_on(table.c.locale))
            .where(table.c.article_id == article)
            .order_by(table.c.locale, table.c.number.desc())
        )
        return {row.locale: _translation(row) for row in rows}


def _translation(row: Row[Any]) -> Translation:
    return Translation(
        article=row.article_id,
        locale=row.locale,
        number=row.number,
        draft=row.draft,
        source_draft=row.source_draft,
        origin=Origin(row.origin),
        by=row.by,
        at=row.at,
        links=tuple(Link(*link) for link in row.links),
    )
