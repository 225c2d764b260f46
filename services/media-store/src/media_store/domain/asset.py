# SPDX-License-Identifier: EUPL-1.2
"""An asset: an original known by its hash, its states, and what has been made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from communique.events import media
from communique.events.media import AssetState
from media_store.domain.errors import ImpossibleMove
from media_store.domain.texts import Texts

TRANSITIONS: Final[Mapping[AssetState, frozenset[AssetState]]] = {
    AssetState.RECEIVED: frozenset({AssetState.SCANNING, AssetState.WITHDRAWN}),
    AssetState.SCANNING: frozenset({AssetState.READY, AssetState.REJECTED, AssetState.WITHDRAWN}),
    AssetState.REJECTED: frozenset({AssetState.RECEIVED, AssetState.WITHDRAWN}),
    AssetState.READY: frozenset({AssetState.WITHDRAWN}),
    AssetState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Rendition:
    """One made form of an asset, known by its hash. Sizes in pixels and bytes."""

    profile: str
    sha256: str
    media_type: str
    width: int
    height: int
    bytes: int

    @property
    def key(self) -> str:
        """Return where it lies in storage."""
        return f"renditions/{self.sha256}.jpg"


@dataclass(frozen=True, slots=True)
class Asset:
    """An original and what is known of it.

    `version` grows with every change. `due` says that renditions are to be made, for the first
    time or again because the words they carry have changed.
    """

    id: str
    state: AssetState
    sha256: str
    media_type: str
    bytes: int
    version: int = 1
    due: bool = True
    filename: str | None = None
    width: int | None = None
    height: int | None = None
    texts: Texts = field(default_factory=Texts)
    reason: str | None = None
    renditions: tuple[Rendition, ...] = ()

    @property
    def key(self) -> str:
        """Return where the original lies in storage."""
        return f"originals/{self.sha256}"

    @property
    def etag(self) -> str:
        """Return the entity tag of the present version."""
        return f'"{self.id}.{self.version}"'

    def rendition(self, profile: str) -> Rendition | None:
        """Return the rendition of that profile, if it has been made."""
        return next((each for each in self.renditions if each.profile == profile), None)

    def with_changes(self, **changes: Any) -> "Asset":
        """Return the next version."""
        return replace(self, version=self.version + 1, **changes)


def move(asset: Asset, state: AssetState, **changes: Any) -> Asset:
    """Return the asset in another state.

    Raises:
        ImpossibleMove: the table does not allow it.
    """
    if state not in TRANSITIONS[asset.state]:
        raise ImpossibleMove(asset.state.value, state.value)
    return asset.with_changes(state=state, **changes)


def announced(asset: Asset, media_url: str) -> media.Asset:
    """Return the asset as others see it, with absolute URLs."""
    public = asset.renditions if asset.state is AssetState.READY else ()
    return media.Asset(
        id=asset.id,
        state=asset.state,
        sha256=asset.sha256,
        media_type=asset.media_type,
        bytes=asset.bytes,
        width=asset.width,
        height=asset.height,
        filename=asset.filename,
        credit=asset.texts.credit,
        rights=asset.texts.rights,
        caption=asset.texts.caption,
        alt=asset.texts.alt,
        reason=asset.reason,
        renditions=tuple(
            media.Rendition(
                profile=each.profile,
                url=f"{media_url}/{each.key}",
                media_type=each.media_type,
                width=each.width,
                height=each.height,
                bytes=each.bytes,
                sha256=each.sha256,
            )
            for each in public
        ),
    )
