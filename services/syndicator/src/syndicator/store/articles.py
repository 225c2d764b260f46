# SPDX-License-Identifier: EUPL-1.2
"""Keep the latest version of each article, and what is known of each asset."""

from collections.abc import Collection
from functools import lru_cache

import orjson
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from communique.events.article import Article
from communique.events.codec import encode_value, shape_of
from communique.events.envelope import EventType
from communique.events.media import Asset
from syndicator.store.tables import articles, assets

_KEPT = 256


class SqlArticles:
    """The articles, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Take the transaction."""
        self._connection = connection

    def put(self, article: Article) -> bool:
        """Keep a version if it is newer, and lock the article; tell whether it was."""
        values = {
            "version": article.version,
            "document": encode_value(EventType.ARTICLE_PUBLISHED, article),
            "assets": sorted({use.asset for use in article.media}),
            "published_at": article.published_at,
        }
        written = self._connection.execute(
            insert(articles)
            .values(id=article.id, **values)
            .on_conflict_do_update(
                index_elements=[articles.c.id],
                set_=values,
                where=articles.c.version < article.version,
            )
            .returning(articles.c.id)
        ).one_or_none()
        return written is not None

    def latest(self, article: str, *, lock: bool = False) -> Article | None:
        """Return the newest version of an article."""
        query = select(articles.c.document).where(articles.c.id == article)
        if lock:
            query = query.with_for_update()
        document = self._connection.execute(query).scalar_one_or_none()
        return None if document is None else _article(bytes(document))

    def newest(self, limit: int) -> list[str]:
        """Return the ids of the articles published last."""
        query = select(articles.c.id).order_by(articles.c.published_at.desc()).limit(limit)
        return list(self._connection.execute(query).scalars())

    def with_asset(self, asset: str) -> list[str]:
        """Return the ids of the articles that show an asset."""
        query = select(articles.c.id).where(articles.c.assets.contains([asset]))
        return list(self._connection.execute(query.order_by(articles.c.id)).scalars())


class SqlAssets:
    """The assets, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Take the transaction."""
        self._connection = connection

    def put(self, asset: Asset) -> None:
        """Keep what is known of an asset."""
        document = encode_value(EventType.ASSET_READY, asset)
        self._connection.execute(
            insert(assets)
            .values(id=asset.id, document=document)
            .on_conflict_do_update(
                index_elements=[assets.c.id],
                set_={"document": document, "updated_at": func.clock_timestamp()},
            )
        )

    def find(self, ids: Collection[str]) -> dict[str, Asset]:
        """Return those that are known, by id."""
        if not ids:
            return {}
        rows = self._connection.execute(
            select(assets.c.id, assets.c.document).where(assets.c.id.in_(ids))
        )
        return {row.id: _asset(bytes(row.document)) for row in rows}


@lru_cache(maxsize=_KEPT)
def _article(document: bytes) -> Article:
    article: Article = shape_of(EventType.ARTICLE_PUBLISHED)().lenient(orjson.loads(document))
    return article


@lru_cache(maxsize=_KEPT)
def _asset(document: bytes) -> Asset:
    asset: Asset = shape_of(EventType.ASSET_READY)().lenient(orjson.loads(document))
    return asset
