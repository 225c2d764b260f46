# SPDX-License-Identifier: EUPL-1.2
"""Write what becomes public: the version, its finished bytes, its addresses, its announcement."""

from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy import Connection, and_, delete, func, not_, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from communique.events.article import Article
from communique.events.shapes import ArticleSchema
from communique.outbox.add import add as announce
from content_api.domain.errors import NoSuchVersion
from content_api.domain.finished import WHOLE, Finished
from content_api.domain.publication import event_of
from content_api.domain.sealing import seal
from content_api.ports import Signing, VersionLine
from content_api.store import log, search_index, tables

_ORDER = "content_api.published_position"


class StoredVersions:
    """What has been published, immutable; and what of it is public now."""

    def __init__(self, connection: Connection, signing: Signing) -> None:
        """Work in the connection's transaction; `signing` signs what becomes public."""
        self._connection = connection
        self._signing = signing

    def publish(
        self, article: Article, finished: Sequence[Finished], *, replayed: bool = False
    ) -> None:
        """Sign the version, write it and the bytes given, announce it."""
        key = self._signing.current()
        sealed = [seal(each, key) for each in finished]
        whole = next(each for each in sealed if each.locale == WHOLE)
        article = whole.article
        position = self._next_position()
        self._replace(article, sealed, position, key.kid)
        log.record(self._connection, article.id)
        search_index.index(self._connection, article.id, sealed)
        kind = event_of(article, replayed=replayed)
        event = announce(self._connection, tables.outbox, kind, article, key=article.id)
        self._connection.execute(
            insert(tables.versions).values(
                article_id=article.id,
                version=article.version,
                revision=article.revision.value,
                document=whole.body,
                published_at=article.published_at,
                event_id=event,
            )
        )
        self._connection.execute(select(func.pg_notify(tables.PUBLISHED_CHANNEL, article.id)))

    def latest(self, article: str) -> Article | None:
        """Return the last version as a value; None before the first."""
        table = tables.versions
        document = self._connection.execute(
            select(table.c.document)
            .where(table.c.article_id == article)
            .order_by(table.c.version.desc())
            .limit(1)
        ).scalar_one_or_none()
        if document is None:
            return None
        found: Article = ArticleSchema().lenient(orjson.loads(bytes(document)))
        return found

    def list(self, article: str) -> Sequence[VersionLine]:
        """Return the versions, newest first."""
        table = tables.versions
        rows = self._connection.execute(
            select(table.c.version, table.c.revision, table.c.published_at)
            .where(table.c.article_id == article)
            .order_by(table.c.version.desc())
        )
        return [VersionLine(row.version, row.revision, row.published_at) for row in rows]

    def get(self, article: str, version: int) -> bytes:
        """Return the whole document of a version, or raise NoSuchVersion."""
        table = tables.versions
        document = self._connection.execute(
            select(table.c.document).where(
                table.c.article_id == article, table.c.version == version
            )
        ).scalar_one_or_none()
        if document is None:
            raise NoSuchVersion(version)
        return bytes(document)

    def claim_slugs(self, article: str, slugs: Mapping[str, str]) -> Sequence[str]:
        """Keep addresses for the article for good; name the locales where another one has it."""
        table = tables.slugs
        taken = []
        for locale, slug in sorted(slugs.items()):
            self._connection.execute(
                insert(table)
                .values(locale=locale, slug=slug, article_id=article)
                .on_conflict_do_nothing()
            )
            owner = self._connection.execute(
                select(table.c.article_id).where(table.c.locale == locale, table.c.slug == slug)
            ).scalar_one()
            if owner != article:
                taken.append(locale)
        return taken

    def slug_owners(self, slugs: Mapping[str, str]) -> Mapping[str, str]:
        """Return, per locale, the article that has the address; without those that are free."""
        table = tables.slugs
        rows = self._connection.execute(
            select(table.c.locale, table.c.article_id).where(
                tuple_(table.c.locale, table.c.slug).in_(list(slugs.items()))
            )
        )
        return {row.locale: row.article_id for row in rows}

    def _next_position(self) -> int:
        # Held until commit: whoever commits later has a higher position.
        self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(_ORDER, 0)))
        )
        position: int = self._connection.execute(select(tables.positions.next_value())).scalar_one()
        return position

    def _replace(
        self, article: Article, finished: Sequence[Finished], position: int, signed_by: str
    ) -> None:
        table = tables.published
        fresh = [each.locale for each in finished]
        shown = [WHOLE, *article.locales]
        gone = and_(table.c.locale.not_in(shown), not_(table.c.retracted))
        self._connection.execute(
            delete(table).where(
                table.c.article_id == article.id, or_(table.c.locale.in_(fresh), gone)
            )
        )
        self._connection.execute(
            insert(table),
            [
                {
                    "article_id": article.id,
                    "locale": each.locale,
                    "version": each.article.version,
                    "slug": each.slug,
                    "body": each.body,
                    "etag": each.etag,
                    "retracted": each.article.retracted,
                    "kind": each.article.kind.value,
                    "topics": list(each.article.topics),
                    "places": list(each.article.places),
                    "missions": list(each.article.missions),
                    "urgency": each.article.urgency,
                    "audience": each.article.audience.value,
                    "offices": sorted(set(each.article.speaker.office.values()))
                    if each.article.speaker
                    else [],
                    "first_published_at": each.article.first_published_at,
                    "published_at": each.article.published_at,
                    "position": position,
                    "signed_by": signed_by,
                }
                for each in finished
            ],
        )
