# SPDX-License-Identifier: EUPL-1.2
"""Write what becomes public: the version, its finished bytes, its addresses, its announcement."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from communique.events.article import Article
from communique.outbox.add import add as announce
from content_api.domain.errors import NoSuchVersion
from content_api.domain.finished import WHOLE, Finished
from content_api.domain.publication import EVENTS
from content_api.domain.sealing import seal
from content_api.ports import Signing, VersionLine
from content_api.store import log, tables

_ORDER = "content_api.published_position"


class StoredVersions:
    """What has been published, immutable; and what of it is public now."""

    def __init__(self, connection: Connection, signing: Signing) -> None:
        """Work in the connection's transaction; `signing` signs what becomes public."""
        self._connection = connection
        self._signing = signing

    def publish(self, article: Article, finished: Sequence[Finished]) -> None:
        """Sign the version, put its bytes in the place of the version before, announce it."""
        key = self._signing.current()
        sealed = [seal(each, key) for each in finished]
        whole = next(each for each in sealed if each.locale == WHOLE)
        article = whole.article
        position = self._next_position()
        self._replace(article, sealed, position, key.kid)
        log.record(self._connection, article.id)
        event = announce(
            self._connection, tables.outbox, EVENTS[article.revision], article, key=article.id
        )
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
        self._connection.execute(delete(table).where(table.c.article_id == article.id))
        self._connection.execute(
            insert(table),
            [
                {
                    "article_id": article.id,
                    "locale": each.locale,
                    "version": article.version,
                    "slug": each.slug,
                    "body": each.body,
                    "etag": each.etag,
                    "retracted": article.retracted,
                    "kind": article.kind.value,
                    "topics": list(article.topics),
                    "places": list(article.places),
                    "missions": list(article.missions),
                    "urgency": article.urgency,
                    "audience": article.audience.value,
                    "offices": sorted(set(article.speaker.office.values()))
                    if article.speaker
                    else [],
                    "first_published_at": article.first_published_at,
                    "published_at": article.published_at,
                    "position": position,
                    "signed_by": signed_by,
                }
                for each in finished
            ],
        )
