# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: S101, D102  # these are tests; their names say what they say
"""The suites that every implementation of a port passes, the real one and the fake."""

import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from communique.events.envelope import EventType
from communique.events.media import AssetState
from media_store.domain.asset import Asset, announced
from media_store.domain.errors import NoSuchBlob
from media_store.domain.texts import Texts
from media_store.ports import Blobs, Claim, UnitOfWork
from media_store.testing.builders import MEDIA_URL, a_ready_asset, a_rendition, an_asset

MINUTE = timedelta(minutes=1)
EXPIRED = timedelta(seconds=-1)
NO_WAIT = timedelta(seconds=-1)
Open = Callable[[], AbstractContextManager[UnitOfWork]]
Events = Callable[[], Sequence[tuple[EventType, str]]]


class Rollback(Exception):
    """Ends a transaction without keeping it."""


class BlobsContract:
    """What storage does; give it a fixture `blobs`."""

    def test_bytes_come_back(self, blobs: Blobs) -> None:
        put(blobs, "originals/one", b"abc")
        assert read(blobs, "originals/one") == b"abc"
        assert blobs.size("originals/one") == 3

    def test_no_bytes_come_back_too(self, blobs: Blobs) -> None:
        put(blobs, "empty", b"")
        assert read(blobs, "empty") == b""
        assert blobs.size("empty") == 0

    def test_many_parts_come_back_as_one(self, blobs: Blobs) -> None:
        data = bytes(range(256)) * 70_000  # more than two parts of 8 MiB
        put(blobs, "large", data)
        assert blobs.size("large") == len(data)
        assert read(blobs, "large") == data

    def test_the_last_one_under_a_key_stays(self, blobs: Blobs) -> None:
        put(blobs, "key", b"first")
        put(blobs, "key", b"second")
        assert read(blobs, "key") == b"second"

    def test_a_part_is_read(self, blobs: Blobs) -> None:
        put(blobs, "key", b"0123456789")
        assert read(blobs, "key", start=2, length=3) == b"234"
        assert read(blobs, "key", start=7) == b"789"

    def test_a_missing_key_is_an_error_before_any_byte(self, blobs: Blobs) -> None:
        assert blobs.size("missing") is None
        with pytest.raises(NoSuchBlob) as caught:
            blobs.open("missing")
        assert caught.value.key == "missing"

    def test_the_file_stays_open(self, blobs: Blobs) -> None:
        file = io.BytesIO(b"abc")
        blobs.put("key", file, media_type="image/jpeg")
        assert not file.closed

    def test_a_stream_may_be_left_half_read(self, blobs: Blobs) -> None:
        put(blobs, "key", b"x" * 200_000)
        stream = blobs.open("key")
        assert next(iter(stream))
        stream.close()
        assert read(blobs, "key", start=199_999) == b"x"

    def test_it_is_ready(self, blobs: Blobs) -> None:
        blobs.ready()


class UnitOfWorkContract:
    """What the database does; give it fixtures `open_unit` and `events`."""

    def test_an_asset_comes_back_as_it_was_saved(self, open_unit: Open) -> None:
        texts = Texts("Bộ Ngoại giao", "Free to use", "Desk", {"vi": "Cầu cảng"}, {"en": "A quay"})
        asset = a_ready_asset(texts=texts, reason="none", version=7, due=True)
        keep(open_unit, asset)
        with open_unit() as work:
            assert work.assets.get(asset.id) == asset
            assert work.assets.locked(asset.id) == asset
            assert work.assets.by_content(asset.sha256) == asset

    def test_what_is_not_there_is_none(self, open_unit: Open) -> None:
        stranger = an_asset()
        with open_unit() as work:
            assert work.assets.get(stranger.id) is None
            assert work.assets.get("no id at all") is None
            assert work.assets.locked("no id at all") is None
            assert work.assets.locked(stranger.id) is None
            assert work.assets.by_content(stranger.sha256) is None
            assert work.assets.rendition(stranger.sha256) is None
            assert work.assets.claim(MINUTE) is None
            assert list(work.assets.page(before=None, limit=5)) == []

    def test_the_same_content_is_added_once(self, open_unit: Open) -> None:
        first = an_asset()
        keep(open_unit, first)
        with open_unit() as work:
            assert not work.assets.add(an_asset(sha256=first.sha256))
            assert work.assets.by_content(first.sha256) == first

    def test_a_change_and_its_event_are_kept_together(
        self, open_unit: Open, events: Events
    ) -> None:
        asset = a_ready_asset()
        with open_unit() as work:
            work.assets.add(asset)
            work.announce(EventType.ASSET_READY, announced(asset, MEDIA_URL))
        assert events() == [(EventType.ASSET_READY, asset.id)]

    def test_an_error_keeps_neither(self, open_unit: Open, events: Events) -> None:
        asset = a_ready_asset()

        def fail() -> None:
            with open_unit() as work:
                work.assets.add(asset)
                work.announce(EventType.ASSET_READY, announced(asset, MEDIA_URL))
                raise Rollback

        with pytest.raises(Rollback):
            fail()
        assert events() == []
        with open_unit() as work:
            assert work.assets.get(asset.id) is None

    def test_pages_go_from_newest_to_oldest(self, open_unit: Open) -> None:
        assets = [an_asset() for _ in range(5)]
        keep(open_unit, *assets)
        with open_unit() as work:
            first = work.assets.page(before=None, limit=3)
            rest = work.assets.page(before=first[-1].id, limit=3)
        assert [*first, *rest] == sorted(assets, key=lambda each: each.id, reverse=True)

    def test_a_superseded_rendition_is_still_found(self, open_unit: Open) -> None:
        asset = a_ready_asset()
        keep(open_unit, asset)
        (old,), new = asset.renditions, a_rendition()
        with open_unit() as work:
            work.assets.save(asset.with_changes(renditions=(new,)))
        with open_unit() as work:
            assert work.assets.rendition(old.sha256) == (old, AssetState.READY)
            assert work.assets.rendition(new.sha256) == (new, AssetState.READY)
            assert present(work, asset).renditions == (new,)

    def test_a_rendition_of_two_assets_is_as_public_as_the_better(self, open_unit: Open) -> None:
        withdrawn = a_ready_asset(state=AssetState.WITHDRAWN)
        ready = a_ready_asset(renditions=withdrawn.renditions)
        (rendition,) = ready.renditions
        keep(open_unit, withdrawn)
        with open_unit() as work:
            assert work.assets.rendition(rendition.sha256) == (rendition, AssetState.WITHDRAWN)
        keep(open_unit, ready)
        with open_unit() as work:
            assert work.assets.rendition(rendition.sha256) == (rendition, AssetState.READY)

    def test_a_claim_keeps_others_out(self, open_unit: Open) -> None:
        asset = an_asset()
        keep(open_unit, asset)
        claim = claimed(open_unit)
        assert claim.attempt == 1
        assert claim.asset.id == asset.id
        assert claim.asset.state is AssetState.SCANNING
        with open_unit() as work:
            assert work.assets.claim(MINUTE) is None
            assert work.assets.held(claim) == claim.asset

    def test_the_oldest_is_claimed_first(self, open_unit: Open) -> None:
        assets = [an_asset(), an_asset(due=False), an_asset()]
        keep(open_unit, *assets)
        claims = [claimed(open_unit).asset.id, claimed(open_unit).asset.id]
        assert claims == [assets[0].id, assets[2].id]

    def test_a_ready_asset_stays_ready_while_it_is_made_again(self, open_unit: Open) -> None:
        asset = a_ready_asset(due=True)
        keep(open_unit, asset)
        assert claimed(open_unit).asset == asset

    def test_an_expired_claim_is_lost_to_the_next(self, open_unit: Open) -> None:
        keep(open_unit, an_asset())
        first = claimed(open_unit, EXPIRED)
        second = claimed(open_unit)
        assert second.attempt == 2
        with open_unit() as work:
            assert work.assets.held(first) is None
            assert not work.assets.renew(first, MINUTE)
            work.assets.finish(first)
            work.assets.release(first, NO_WAIT, counted=True)
        with open_unit() as work:
            assert work.assets.held(second) is not None
            assert work.assets.claim(MINUTE) is None

    def test_a_renewed_claim_holds(self, open_unit: Open) -> None:
        keep(open_unit, an_asset())
        claim = claimed(open_unit, EXPIRED)
        with open_unit() as work:
            assert work.assets.renew(claim, MINUTE)
        with open_unit() as work:
            assert work.assets.claim(MINUTE) is None

    def test_a_released_claim_waits(self, open_unit: Open) -> None:
        keep(open_unit, an_asset())
        with open_unit() as work:
            work.assets.release(claim_in(work), MINUTE, counted=True)
        with open_unit() as work:
            assert work.assets.claim(MINUTE) is None

    @pytest.mark.parametrize(("counted", "attempt"), [(True, 2), (False, 1)])
    def test_attempts_are_counted_or_not(
        self, open_unit: Open, *, counted: bool, attempt: int
    ) -> None:
        keep(open_unit, an_asset())
        with open_unit() as work:
            work.assets.release(claim_in(work), NO_WAIT, counted=counted)
        assert claimed(open_unit).attempt == attempt

    def test_a_finished_claim_is_forgotten(self, open_unit: Open) -> None:
        keep(open_unit, an_asset())
        with open_unit() as work:
            claim = claim_in(work)
            work.assets.finish(claim)
            assert work.assets.held(claim) is None
        assert claimed(open_unit).attempt == 1  # it is still due: nobody said otherwise


def put(blobs: Blobs, key: str, data: bytes) -> None:
    """Store bytes."""
    blobs.put(key, io.BytesIO(data), media_type="application/octet-stream")


def read(blobs: Blobs, key: str, *, start: int = 0, length: int | None = None) -> bytes:
    """Read an object or a part of it."""
    stream = blobs.open(key, start=start, length=length)
    try:
        return b"".join(stream)
    finally:
        stream.close()


def keep(open_unit: Open, *assets: Asset) -> None:
    """Commit assets with their renditions."""
    with open_unit() as work:
        for asset in assets:
            assert work.assets.add(asset)
            work.assets.save(asset)


def present(work: UnitOfWork, asset: Asset) -> Asset:
    """Return an asset that is known to be there."""
    found = work.assets.get(asset.id)
    assert found is not None
    return found


def claimed(open_unit: Open, lease: timedelta = MINUTE) -> Claim:
    """Claim in a transaction of its own."""
    with open_unit() as work:
        return claim_in(work, lease)


def claim_in(work: UnitOfWork, lease: timedelta = MINUTE) -> Claim:
    """Claim what is known to be due."""
    claim = work.assets.claim(lease)
    assert claim is not None
    return claim
