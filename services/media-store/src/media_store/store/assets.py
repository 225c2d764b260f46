# SPDX-License-Identifier: EUPL-1.2
"""Load, save and claim assets."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from communique.events.media import AssetState
from communique.ids import is_id, new_id
from media_store.domain.asset import Asset, Rendition
from media_store.domain.texts import Texts
from media_store.ports import Claim
from media_store.store.tables import ASSETS, RENDITIONS

_PROFILES_IN_ORDER: Final = (RENDITIONS.c.width * RENDITIONS.c.height).desc()
_BEST_STATE_FIRST: Final = case(
    (ASSETS.c.state == AssetState.READY.value, 0),
    (ASSETS.c.state == AssetState.WITHDRAWN.value, 1),
    else_=2,
)


class SqlAssets:
    """The assets of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on the caller's connection."""
        self._connection = connection

    def add(self, asset: Asset) -> bool:
        """Add an asset; False, and nothing done, when its content is already held."""
        done = self._connection.execute(
            insert(ASSETS)
            .values(id=asset.id, **_columns(asset))
            .on_conflict_do_nothing(index_elements=[ASSETS.c.sha256])
            .returning(ASSETS.c.id)
        )
        return done.one_or_none() is not None

    def get(self, asset_id: str) -> Asset | None:
        """Return an asset."""
        return self._one(_by_id(asset_id)) if is_id(asset_id) else None

    def locked(self, asset_id: str) -> Asset | None:
        """Return an asset and keep others from changing it until the transaction ends."""
        return self._one(_by_id(asset_id).with_for_update()) if is_id(asset_id) else None

    def by_content(self, sha256: str) -> Asset | None:
        """Return the asset of these bytes, locked."""
        return self._one(select(ASSETS).where(ASSETS.c.sha256 == sha256).with_for_update())

    def page(self, *, before: str | None, limit: int) -> Sequence[Asset]:
        """Return assets, newest first, from just before an id."""
        query = select(ASSETS).order_by(ASSETS.c.id.desc()).limit(limit)
        return self._load(query if before is None else query.where(ASSETS.c.id < before))

    def save(self, asset: Asset) -> None:
        """Store the next version of an asset. Superseded renditions stay, to be served on."""
        self._connection.execute(
            update(ASSETS).where(ASSETS.c.id == asset.id).values(**_columns(asset))
        )
        self._connection.execute(
            update(RENDITIONS).where(RENDITIONS.c.asset_id == asset.id).values(current=False)
        )
        for each in asset.renditions:
            facts = {
                "media_type": each.media_type,
                "width": each.width,
                "height": each.height,
                "bytes": each.bytes,
                "current": True,
            }
            self._connection.execute(
                insert(RENDITIONS)
                .values(asset_id=asset.id, profile=each.profile, sha256=each.sha256, **facts)
                .on_conflict_do_update(
                    index_elements=[
                        RENDITIONS.c.asset_id,
                        RENDITIONS.c.profile,
                        RENDITIONS.c.sha256,
                    ],
                    set_=facts,
                )
            )

    def rendition(self, sha256: str) -> tuple[Rendition, AssetState] | None:
        """Return a rendition, also one that has been superseded, and its asset's best state."""
        row = self._connection.execute(
            select(RENDITIONS, ASSETS.c.state)
            .join(ASSETS)
            .where(RENDITIONS.c.sha256 == sha256)
            .order_by(_BEST_STATE_FIRST)
            .limit(1)
        ).one_or_none()
        return None if row is None else (_rendition(row), AssetState(row.state))

    def claim(self, lease: timedelta) -> Claim | None:
        """Take the oldest asset whose renditions are due and that nobody holds."""
        moment = func.clock_timestamp()
        free = (
            select(ASSETS.c.id)
            .where(ASSETS.c.due, func.coalesce(ASSETS.c.lease_until < moment, True))
            .order_by(ASSETS.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        token = new_id()
        first = ASSETS.c.state == AssetState.RECEIVED.value
        row = self._connection.execute(
            update(ASSETS)
            .where(ASSETS.c.id == free)
            .values(
                state=case((first, AssetState.SCANNING.value), else_=ASSETS.c.state),
                version=case((first, ASSETS.c.version + 1), else_=ASSETS.c.version),
                attempts=ASSETS.c.attempts + 1,
                lease_token=token,
                lease_until=moment + lease,
            )
            .returning(ASSETS)
        ).one_or_none()
        if row is None:
            return None
        (asset,) = self._with_renditions([row])
        return Claim(asset, token, row.attempts)

    def renew(self, claim: Claim, lease: timedelta) -> bool:
        """Hold on to a claim; False when it has been lost."""
        return self._change(claim, lease_until=func.clock_timestamp() + lease)

    def held(self, claim: Claim) -> Asset | None:
        """Return the claimed asset, locked; None when the claim has been lost."""
        return self._one(select(ASSETS).where(*_held(claim)).with_for_update())

    def release(self, claim: Claim, wait: timedelta, *, counted: bool) -> None:
        """Give a claim back, to be taken again after a while; uncounted attempts are forgotten."""
        self._change(
            claim,
            lease_token=None,
            lease_until=func.clock_timestamp() + wait,
            attempts=ASSETS.c.attempts - (0 if counted else 1),
        )

    def finish(self, claim: Claim) -> None:
        """Give a claim back for good."""
        self._change(claim, lease_token=None, lease_until=None, attempts=0)

    def _change(self, claim: Claim, **values: Any) -> bool:
        statement = update(ASSETS).where(*_held(claim)).values(**values)
        return self._connection.execute(statement).rowcount == 1

    def _one(self, query: Select[Any]) -> Asset | None:
        return next(iter(self._load(query)), None)

    def _load(self, query: Select[Any]) -> list[Asset]:
        return self._with_renditions(self._connection.execute(query).all())

    def _with_renditions(self, rows: Sequence[Row[Any]]) -> list[Asset]:
        made: dict[str, list[Rendition]] = defaultdict(list)
        if rows:
            query = (
                select(RENDITIONS)
                .where(RENDITIONS.c.asset_id.in_([row.id for row in rows]), RENDITIONS.c.current)
                .order_by(_PROFILES_IN_ORDER)
            )
            for row in self._connection.execute(query):
                made[row.asset_id].append(_rendition(row))
        return [_asset(row, tuple(made[row.id])) for row in rows]


def _by_id(asset_id: str) -> Select[Any]:
    return select(ASSETS).where(ASSETS.c.id == asset_id)


def _held(claim: Claim) -> tuple[Any, ...]:
    return ASSETS.c.id == claim.asset.id, ASSETS.c.lease_token == claim.token


def _columns(asset: Asset) -> dict[str, Any]:
    return {
        "state": asset.state.value,
        "sha256": asset.sha256,
        "media_type": asset.media_type,
        "bytes": asset.bytes,
        "version": asset.version,
        "due": asset.due,
        "filename": asset.filename,
        "width": asset.width,
        "height": asset.height,
        "credit": asset.texts.credit,
        "rights": asset.texts.rights,
        "creator": asset.texts.creator,
        "caption": dict(asset.texts.caption),
        "alt": dict(asset.texts.alt),
        "reason": asset.reason,
    }


def _asset(row: Row[Any], renditions: tuple[Rendition, ...]) -> Asset:
    return Asset(
        id=row.id,
        state=AssetState(row.state),
        sha256=row.sha256,
        media_type=row.media_type,
        bytes=row.bytes,
        version=row.version,
        due=row.due,
        filename=row.filename,
        width=row.width,
        height=row.height,
        texts=Texts(row.credit, row.rights, row.creator, row.caption, row.alt),
        reason=row.reason,
        renditions=renditions,
    )


def _rendition(row: Row[Any]) -> Rendition:
    return Rendition(
        profile=row.profile,
        sha256=row.sha256,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        bytes=row.bytes,
    )
