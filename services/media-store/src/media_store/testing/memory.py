# SPDX-License-Identifier: EUPL-1.2
"""The database in a dict, and images that are not decoded: the contracts of the ports, no I/O."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from communique.events.envelope import EventType
from communique.events.media import Asset as AnnouncedAsset
from communique.events.media import AssetState
from communique.ids import new_id
from media_store.domain.asset import Asset, Rendition
from media_store.domain.errors import MediaError
from media_store.domain.profiles import Size, target
from media_store.ports import Claim, Made, MadeFile, Order


@dataclass(frozen=True, slots=True)
class _Lease:
    token: str | None = None
    until: float = 0.0
    attempts: int = 0


@dataclass(slots=True)
class _Held:
    assets: dict[str, Asset] = field(default_factory=dict)
    leases: dict[str, _Lease] = field(default_factory=dict)
    superseded: dict[str, tuple[Rendition, ...]] = field(default_factory=dict)
    events: list[tuple[EventType, AnnouncedAsset]] = field(default_factory=list)

    def copy(self) -> "_Held":
        return _Held(dict(self.assets), dict(self.leases), dict(self.superseded), list(self.events))


class MemoryAssets:
    """The assets of one transaction."""

    def __init__(self, held: _Held) -> None:
        """Work on the transaction's copy."""
        self._held = held

    def add(self, asset: Asset) -> bool:
        """Add an asset; False, and nothing done, when its content is already held."""
        if self.by_content(asset.sha256) is not None:
            return False
        self._held.assets[asset.id] = asset
        return True

    def get(self, asset_id: str) -> Asset | None:
        """Return an asset."""
        return self._held.assets.get(asset_id)

    locked = get

    def by_content(self, sha256: str) -> Asset | None:
        """Return the asset of these bytes."""
        return next((each for each in self._held.assets.values() if each.sha256 == sha256), None)

    def page(self, *, before: str | None, limit: int) -> Sequence[Asset]:
        """Return assets, newest first, from just before an id."""
        ids = sorted(self._held.assets, reverse=True)
        return [self._held.assets[each] for each in ids if before is None or each < before][:limit]

    def save(self, asset: Asset) -> None:
        """Store the next version of an asset."""
        old = self._held.assets[asset.id].renditions
        kept = self._held.superseded.get(asset.id, ())
        self._held.superseded[asset.id] = (*kept, *old)
        self._held.assets[asset.id] = asset

    def rendition(self, sha256: str) -> tuple[Rendition, AssetState] | None:
        """Return a rendition, also one that has been superseded, and its asset's best state."""
        order = (AssetState.READY, AssetState.WITHDRAWN)
        found = [
            (rendition, asset.state)
            for asset in self._held.assets.values()
            for rendition in (*asset.renditions, *self._held.superseded.get(asset.id, ()))
            if rendition.sha256 == sha256
        ]
        found.sort(key=lambda each: order.index(each[1]) if each[1] in order else len(order))
        return found[0] if found else None

    def claim(self, lease: timedelta) -> Claim | None:
        """Take the oldest asset whose renditions are due and that nobody holds."""
        now = time.monotonic()
        for asset_id, asset in sorted(self._held.assets.items()):
            present = self._held.leases.get(asset_id, _Lease())
            if not asset.due or present.until > now:
                continue
            if asset.state is AssetState.RECEIVED:
                asset = asset.with_changes(state=AssetState.SCANNING)  # noqa: PLW2901
                self._held.assets[asset_id] = asset
            token = new_id()
            until = now + lease.total_seconds()
            self._held.leases[asset_id] = _Lease(token, until, present.attempts + 1)
            return Claim(asset, token, present.attempts + 1)
        return None

    def renew(self, claim: Claim, lease: timedelta) -> bool:
        """Hold on to a claim; False when it has been lost."""
        if self.held(claim) is None:
            return False
        present = self._held.leases[claim.asset.id]
        until = time.monotonic() + lease.total_seconds()
        self._held.leases[claim.asset.id] = replace(present, until=until)
        return True

    def held(self, claim: Claim) -> Asset | None:
        """Return the claimed asset; None when the claim has been lost."""
        present = self._held.leases.get(claim.asset.id, _Lease())
        return self.get(claim.asset.id) if present.token == claim.token else None

    def release(self, claim: Claim, wait: timedelta, *, counted: bool) -> None:
        """Give a claim back, to be taken again after a while; uncounted attempts are forgotten."""
        if self.held(claim) is not None:
            attempts = self._held.leases[claim.asset.id].attempts - (0 if counted else 1)
            until = time.monotonic() + wait.total_seconds()
            self._held.leases[claim.asset.id] = _Lease(None, until, attempts)

    def finish(self, claim: Claim) -> None:
        """Give a claim back for good."""
        if self.held(claim) is not None:
            self._held.leases[claim.asset.id] = _Lease()


class MemoryUnitOfWork:
    """One transaction."""

    def __init__(self, held: _Held) -> None:
        """Work on the transaction's copy."""
        self._held = held
        self._assets = MemoryAssets(held)

    @property
    def assets(self) -> MemoryAssets:
        """The assets."""
        return self._assets

    def announce(self, event_type: EventType, asset: AnnouncedAsset) -> None:
        """Put an event beside the change."""
        self._held.events.append((event_type, asset))


class MemoryDatabase:
    """What is committed. Transactions come one after another."""

    def __init__(self) -> None:
        """Start empty."""
        self._held = _Held()
        self._lock = threading.Lock()

    @property
    def events(self) -> list[tuple[EventType, AnnouncedAsset]]:
        """Return the committed events in order."""
        return list(self._held.events)

    @contextmanager
    def unit_of_work(self) -> Iterator[MemoryUnitOfWork]:
        """Open a transaction; commit at the end, forget it on any error."""
        with self._lock:
            copy = self._held.copy()
            yield MemoryUnitOfWork(copy)
            self._held = copy


class FakeImages:
    """Makes files of the right names and sizes that hold no picture; or fails as told."""

    def __init__(self, size: Size, error: MediaError | None = None) -> None:
        """Take the size that every picture has, and an error to raise instead."""
        self.size = size
        self.error = error
        self.orders: list[Order] = []

    def make(self, source: Path, directory: Path, order: Order) -> Made:
        """Write one small file for each profile."""
        self.orders.append(order)
        if self.error is not None:
            raise self.error
        files = []
        for profile in order.profiles:
            path = directory / f"{profile.name}.jpg"
            words = f"{profile.name} {order.texts}".encode()
            path.write_bytes(words + source.read_bytes())
            box = target(profile, self.size)
            files.append(MadeFile(profile.name, path, "image/jpeg", box.width, box.height))
        return Made(self.size.width, self.size.height, order.texts, tuple(files))
