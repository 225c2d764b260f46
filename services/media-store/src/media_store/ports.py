# SPDX-License-Identifier: EUPL-1.2
"""What the use cases reach the world through: storage, images, the database."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from communique.events.envelope import EventType
from communique.events.media import Asset as AnnouncedAsset
from communique.events.media import AssetState
from media_store.domain.asset import Asset, Rendition
from media_store.domain.profiles import Profile
from media_store.domain.texts import Texts


class BlobStream(Protocol):
    """An open object: iterate over its bytes, then close it."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes in pieces; Unavailable when storage stops answering."""
        ...

    def close(self) -> None:
        """Let the connection go, read to its end or not."""
        ...


class Blobs(Protocol):
    """Bytes by key. Every method may raise Unavailable."""

    def put(self, key: str, source: BinaryIO, *, media_type: str) -> None:
        """Store all bytes of a file under a key; returns once they are durable."""
        ...

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> BlobStream:
        """Open an object or a part of it.

        Raises:
            NoSuchBlob: there is nothing under that key.
        """
        ...

    def size(self, key: str) -> int | None:
        """Return how many bytes lie under a key, or None."""
        ...

    def ready(self) -> None:
        """Prove that storage answers and the bucket is there."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """What to make of a picture.

    `texts` are the desk's words. With `adopt` they are completed by what stands in the file;
    without it they are exactly what every rendition says.
    """

    media_type: str
    profiles: Sequence[Profile]
    texts: Texts
    adopt: bool
    most_pixels: int


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One rendition on disk."""

    profile: str
    path: Path
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an order: the picture's upright size, its words, and the renditions."""

    width: int
    height: int
    texts: Texts
    files: tuple[MadeFile, ...]


class Images(Protocol):
    """Decodes and renders pictures that nobody has reason to trust."""

    def make(self, source: Path, directory: Path, order: Order) -> Made:
        """Make the ordered renditions in a directory.

        Raises:
            Unreadable: the file can never become a picture.
            DecoderFailed: the decoder crashed or reached a limit.
        """
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make the renditions of one asset, until the lease ends."""

    asset: Asset
    token: str
    attempt: int


class Assets(Protocol):
    """The assets, inside one transaction."""

    def add(self, asset: Asset) -> bool:
        """Add an asset; False, and nothing done, when its content is already held."""
        ...

    def get(self, asset_id: str) -> Asset | None:
        """Return an asset."""
        ...

    def locked(self, asset_id: str) -> Asset | None:
        """Return an asset and keep others from changing it until the transaction ends."""
        ...

    def by_content(self, sha256: str) -> Asset | None:
        """Return the asset of these bytes, locked."""
        ...

    def page(self, *, before: str | None, limit: int) -> Sequence[Asset]:
        """Return assets, newest first, from just before an id."""
        ...

    def save(self, asset: Asset) -> None:
        """Store the next version of an asset."""
        ...

    def rendition(self, sha256: str) -> tuple[Rendition, AssetState] | None:
        """Return a rendition, also one that has been superseded, and its asset's best state."""
        ...

    def claim(self, lease: timedelta) -> Claim | None:
        """Take the oldest asset whose renditions are due and that nobody holds."""
        ...

    def renew(self, claim: Claim, lease: timedelta) -> bool:
        """Hold on to a claim; False when it has been lost."""
        ...

    def held(self, claim: Claim) -> Asset | None:
        """Return the claimed asset, locked; None when the claim has been lost."""
        ...

    def release(self, claim: Claim, wait: timedelta, *, counted: bool) -> None:
        """Give a claim back, to be taken again after a while; uncounted attempts are forgotten."""
        ...

    def finish(self, claim: Claim) -> None:
        """Give a claim back for good."""
        ...


class UnitOfWork(Protocol):
    """Assets and the events about them: one transaction."""

    @property
    def assets(self) -> Assets:
        """The assets."""
        ...

    def announce(self, event_type: EventType, asset: AnnouncedAsset) -> None:
        """Put an event beside the change."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits and addresses that use cases need."""

    media_url: str
    most_bytes: int
    most_pixels: int
    most_attempts: int = 5
    retry_wait: timedelta = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a use case may reach."""

    blobs: Blobs
    images: Images
    unit_of_work: Callable[[], AbstractContextManager[UnitOfWork]]
    policy: Policy
