# SPDX-License-Identifier: EUPL-1.2
"""Read one asset, or page through all of them."""

from collections.abc import Sequence

from communique.errors import NotFound
from media_store.domain.asset import Asset
from media_store.ports import Deps


def read_asset(asset_id: str, deps: Deps) -> Asset:
    """Return an asset in whatever state it is.

    Raises:
        NotFound: there is none.
    """
    with deps.unit_of_work() as work:
        asset = work.assets.get(asset_id)
    if asset is None:
        raise NotFound(f"There is no asset {asset_id}.")
    return asset


def list_assets(
    deps: Deps, *, before: str | None, limit: int
) -> tuple[Sequence[Asset], str | None]:
    """Return a page, newest first, and where the next one begins."""
    with deps.unit_of_work() as work:
        found = work.assets.page(before=before, limit=limit + 1)
    page = found[:limit]
    return page, page[-1].id if len(found) > limit else None
