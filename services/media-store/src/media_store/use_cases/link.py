# SPDX-License-Identifier: EUPL-1.2
"""Find what may be shown to the public: a rendition by its hash, or by asset and profile."""

from communique.errors import Conflict, Gone, NotFound
from communique.events.media import AssetState
from media_store.domain.asset import Rendition
from media_store.domain.profiles import PROFILES
from media_store.ports import Deps


def public_rendition(sha256: str, deps: Deps) -> Rendition:
    """Return a rendition that may be served.

    Raises:
        NotFound: there is none, or its asset is not ready.
        Gone: its asset has been withdrawn.
    """
    with deps.unit_of_work() as work:
        found = work.assets.rendition(sha256)
    if found is None:
        raise NotFound("There is no such rendition.")
    rendition, state = found
    if state is AssetState.WITHDRAWN:
        raise Gone("This picture has been withdrawn.")
    if state is not AssetState.READY:
        raise NotFound("There is no such rendition.")
    return rendition


def link(asset_id: str, profile: str, deps: Deps) -> Rendition:
    """Return the present rendition of an asset for a profile.

    Raises:
        NotFound: there is no such asset or profile.
        Conflict: it has not been made yet, or never will be.
        Gone: the asset has been withdrawn.
    """
    if profile not in {each.name for each in PROFILES}:
        raise NotFound(f"There is no profile {profile}.")
    with deps.unit_of_work() as work:
        asset = work.assets.get(asset_id)
    if asset is None:
        raise NotFound(f"There is no asset {asset_id}.")
    if asset.state is AssetState.WITHDRAWN:
        raise Gone("This asset has been withdrawn.")
    rendition = asset.rendition(profile)
    if asset.state is not AssetState.READY or rendition is None:
        raise Conflict(
            f"The asset is {asset.state.value}; it has no renditions.",
            extra={"state": asset.state.value},
        )
    return rendition
