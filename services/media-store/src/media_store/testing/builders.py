# SPDX-License-Identifier: EUPL-1.2
"""Valid values in one line; keyword arguments replace what a test is about."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from communique.events.media import AssetState
from communique.ids import new_id
from media_store.blobs.memory import MemoryBlobs
from media_store.domain.asset import Asset, Rendition
from media_store.domain.profiles import Size
from media_store.domain.texts import Texts
from media_store.ports import Deps, Policy
from media_store.testing.memory import FakeImages, MemoryDatabase

MEDIA_URL = "https://media.example"


def an_asset(**changes: Any) -> Asset:
    """Return an asset just received, with content of its own."""
    asset_id = new_id()
    asset = Asset(
        id=asset_id,
        state=AssetState.RECEIVED,
        sha256=hashlib.sha256(asset_id.encode()).hexdigest(),
        media_type="image/jpeg",
        bytes=1_234,
        filename="quay.jpg",
    )
    return replace(asset, **changes)


def a_rendition(**changes: Any) -> Rendition:
    """Return a wide rendition with content of its own."""
    rendition = Rendition(
        profile="wide",
        sha256=hashlib.sha256(new_id().encode()).hexdigest(),
        media_type="image/jpeg",
        width=1200,
        height=675,
        bytes=60_000,
    )
    return replace(rendition, **changes)


def a_ready_asset(**changes: Any) -> Asset:
    """Return an asset with words and one rendition."""
    asset = an_asset(
        state=AssetState.READY,
        due=False,
        width=4_000,
        height=3_000,
        texts=Texts(credit="Bộ Ngoại giao", caption={"vi": "Cầu cảng lúc bình minh."}),
        renditions=(a_rendition(),),
    )
    return replace(asset, **changes)


@dataclass(frozen=True, slots=True)
class World:
    """The dependencies in memory, and a hand on each of them."""

    database: MemoryDatabase
    blobs: MemoryBlobs
    images: FakeImages
    deps: Deps


def a_world(**policy: Any) -> World:
    """Return everything a use case needs, in memory."""
    database, blobs, images = MemoryDatabase(), MemoryBlobs(), FakeImages(Size(4_000, 3_000))
    limits = Policy(
        media_url=MEDIA_URL, most_bytes=1 << 20, most_pixels=1 << 24, retry_wait=timedelta(0)
    )
    deps = Deps(blobs, images, database.unit_of_work, replace(limits, **policy))
    return World(database, blobs, images, deps)
