# SPDX-License-Identifier: EUPL-1.2
import hashlib
import io
from dataclasses import replace

import pytest

from communique.errors import Conflict, InvalidInput, TooLarge, Unavailable, UnsupportedMedia
from communique.events.media import AssetState
from media_store.blobs.memory import MemoryBlobs
from media_store.testing.builders import a_world
from media_store.use_cases.ingest import Upload, ingest
from media_store.use_cases.withdraw import withdraw

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


class Source(io.BytesIO):
    """Remembers how much was asked for."""

    def __init__(self, data):
        super().__init__(data)
        self.taken = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.taken += len(piece)
        return piece


def an_upload(data=JPEG, **parts):
    return Upload(**{"source": Source(data), "field": "/", **parts})


@pytest.fixture
def world():
    return a_world()


def stored(world):
    with world.deps.unit_of_work() as work:
        return list(work.assets.page(before=None, limit=100))


def test_the_original_lies_under_its_hash(world):
    done = ingest(an_upload(filename="quay.jpg", declared_type="image/jpeg"), world.deps)
    sha256 = hashlib.sha256(JPEG).hexdigest()
    assert done.new
    assert world.blobs.objects == {f"originals/{sha256}": JPEG}
    assert (done.asset.sha256, done.asset.bytes) == (sha256, len(JPEG))
    assert (done.asset.state, done.asset.due) == (AssetState.RECEIVED, True)
    assert stored(world) == [done.asset]


def test_the_same_bytes_are_the_same_asset(world):
    first = ingest(an_upload(filename="one.jpg"), world.deps)
    second = ingest(an_upload(filename="two.jpg"), world.deps)
    assert not second.new
    assert second.asset == first.asset
    assert len(world.blobs.objects) == 1


def test_two_uploads_at_the_same_time_are_one_asset(world):
    class Overtaken(MemoryBlobs):
        """Lets the same upload finish elsewhere while the first one is being stored."""

        def put(self, key, source, *, media_type):
            super().put(key, source, media_type=media_type)
            faster.append(ingest(an_upload(), world.deps))

    faster = []
    slower = ingest(an_upload(), replace(world.deps, blobs=Overtaken()))
    assert faster[0].new
    assert not slower.new
    assert slower.asset == faster[0].asset


@pytest.mark.parametrize("declared", [None, "", "application/octet-stream", "IMAGE/JPEG"])
def test_a_type_need_not_be_declared(world, declared):
    assert ingest(an_upload(declared_type=declared), world.deps).asset.media_type == "image/jpeg"


def test_a_false_type_is_refused(world):
    with pytest.raises(UnsupportedMedia) as caught:
        ingest(an_upload(declared_type="image/png"), world.deps)
    assert "Content-Type" in caught.value.errors


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"<svg/>" * 500, b"MZ\x90\x00"])
def test_what_is_no_picture_is_refused(world, data):
    with pytest.raises(UnsupportedMedia) as caught:
        ingest(an_upload(data, field="/file", declared_type="image/jpeg"), world.deps)
    assert "/file" in caught.value.errors
    assert world.blobs.objects == {}
    assert stored(world) == []


def test_what_is_no_picture_is_not_read_to_its_end():
    world = a_world(most_bytes=100 << 20)
    upload = an_upload(b"x" * (5 << 20))
    with pytest.raises(UnsupportedMedia):
        ingest(upload, world.deps)
    assert upload.source.taken <= 1 << 20


def test_nothing_is_refused(world):
    with pytest.raises(InvalidInput) as caught:
        ingest(an_upload(b""), world.deps)
    assert "/" in caught.value.errors


def test_a_declared_size_over_the_limit_is_refused_unread(world):
    upload = an_upload(declared_size=(1 << 20) + 1)
    with pytest.raises(TooLarge) as caught:
        ingest(upload, world.deps)
    assert caught.value.extra == {"limit": 1 << 20}
    assert upload.source.taken == 0


def test_an_undeclared_size_over_the_limit_is_refused(world):
    with pytest.raises(TooLarge):
        ingest(an_upload(JPEG + b"x" * (1 << 20)), world.deps)
    assert world.blobs.objects == {}


def test_exactly_the_limit_is_taken(world):
    data = JPEG + b"x" * ((1 << 20) - len(JPEG))
    assert ingest(an_upload(data, declared_size=len(data)), world.deps).asset.bytes == 1 << 20


def test_no_asset_without_its_bytes(world):
    world.blobs.away = True
    with pytest.raises(Unavailable):
        ingest(an_upload(), world.deps)
    assert stored(world) == []


def test_withdrawn_bytes_do_not_come_back(world):
    asset = ingest(an_upload(), world.deps).asset
    withdraw(asset.id, world.deps)
    with pytest.raises(Conflict) as caught:
        ingest(an_upload(), world.deps)
    assert caught.value.extra == {"asset": asset.id}


def test_a_rejected_picture_gets_another_chance(world):
    asset = ingest(an_upload(), world.deps).asset
    with world.deps.unit_of_work() as work:
        rejected = asset.with_changes(state=AssetState.REJECTED, due=False, reason="broken")
        work.assets.save(rejected)
    again = ingest(an_upload(), world.deps)
    assert not again.new
    assert again.asset.id == asset.id
    assert (again.asset.state, again.asset.due) == (AssetState.RECEIVED, True)
    assert again.asset.reason is None
