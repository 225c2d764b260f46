# SPDX-License-Identifier: EUPL-1.2
"""Assets as the media store announces them: the value on `communique.assets`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AssetState(StrEnum):
    """Where an asset is on its way from upload to public."""

    RECEIVED = "received"
    SCANNING = "scanning"
    REJECTED = "rejected"
    READY = "ready"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One made form of an asset. Sizes in pixels and bytes; the URL is absolute and immutable."""

    profile: str
    url: str
    media_type: str
    width: int
    height: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture and what can be had of it."""

    id: str
    state: AssetState
    sha256: str
    media_type: str
    bytes: int
    width: int | None = None
    height: int | None = None
    filename: str | None = None
    credit: str | None = None
    rights: str | None = None
    caption: Mapping[str, str] = field(default_factory=dict)
    alt: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None
    renditions: tuple[Rendition, ...] = ()

    def rendition(self, profile: str) -> Rendition | None:
        """Return the rendition of that profile, if it has been made."""
        return next((each for each in self.renditions if each.profile == profile), None)
