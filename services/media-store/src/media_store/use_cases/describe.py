# SPDX-License-Identifier: EUPL-1.2
"""Change the words that go with a picture."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from communique.errors import Gone, NotFound, PreconditionFailed, PreconditionMissing
from communique.events.media import AssetState
from media_store.domain.asset import Asset
from media_store.ports import Deps, UnitOfWork


def describe(
    asset_id: str, changes: Mapping[str, Any], deps: Deps, *, expected: frozenset[str] | None
) -> Asset:
    """Set credit, rights, caption or alternative text.

    Renditions carry these words too, so those of a ready picture are made again, and the event
    follows when they are.

    Raises:
        PreconditionMissing, PreconditionFailed: see If-Match.
        NotFound, Gone: there is nothing to describe.
    """
    if expected is None:
        raise PreconditionMissing(
            "Say which version you have seen.", errors={"If-Match": ["Send the ETag of the asset."]}
        )
    with deps.unit_of_work() as work:
        asset = _present(work, asset_id)
        if expected.isdisjoint({asset.etag, "*"}):
            raise PreconditionFailed(
                "The asset has changed since you read it.",
                errors={"If-Match": ["Read the asset again."]},
                headers={"ETag": asset.etag},
            )
        texts = replace(asset.texts, **changes)
        if texts == asset.texts:
            return asset
        due = asset.due or asset.state is AssetState.READY
        asset = asset.with_changes(texts=texts, due=due)
        work.assets.save(asset)
        return asset


def _present(work: UnitOfWork, asset_id: str) -> Asset:
    asset = work.assets.locked(asset_id)
    if asset is None:
        raise NotFound(f"There is no asset {asset_id}.")
    if asset.state is AssetState.WITHDRAWN:
        raise Gone("This asset has been withdrawn.")
    return asset
