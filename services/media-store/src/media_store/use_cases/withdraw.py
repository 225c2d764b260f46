# SPDX-License-Identifier: EUPL-1.2
"""Take a picture out of the public, everywhere."""

from communique.errors import NotFound, PreconditionFailed
from communique.events.envelope import EventType
from communique.events.media import AssetState
from media_store.domain.asset import Asset, announced, move
from media_store.ports import Deps


def withdraw(asset_id: str, deps: Deps, *, expected: frozenset[str] | None = None) -> Asset:
    """Withdraw an asset and announce it, in one commit; a second time changes nothing.

    Raises:
        NotFound: there is no such asset.
        PreconditionFailed: If-Match names another version.
    """
    with deps.unit_of_work() as work:
        asset = work.assets.locked(asset_id)
        if asset is None:
            raise NotFound(f"There is no asset {asset_id}.")
        if expected is not None and expected.isdisjoint({asset.etag, "*"}):
            raise PreconditionFailed(
                "The asset has changed since you read it.",
                errors={"If-Match": ["Read the asset again."]},
                headers={"ETag": asset.etag},
            )
        if asset.state is AssetState.WITHDRAWN:
            return asset
        asset = move(asset, AssetState.WITHDRAWN, due=False)
        work.assets.save(asset)
        work.announce(EventType.ASSET_WITHDRAWN, announced(asset, deps.policy.media_url))
        return asset
