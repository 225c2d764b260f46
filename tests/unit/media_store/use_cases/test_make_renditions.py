# SPDX-License-Identifier: EUPL-1.2
import hashlib
from datetime import timedelta

import pytest

from communique.errors import Unavailable
from communique.events.envelope import EventType
from communique.events.media import AssetState
from media_store.domain.errors import DecoderFailed, Unreadable
from media_store.domain.texts import Texts
from media_store.testing.builders import MEDIA_URL, a_ready_asset, a_world, an_asset
from media_store.use_cases.describe import describe
from media_store.use_cases.make_renditions import make_renditions
from media_store.use_cases.withdraw import withdraw

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    return a_world()


def given(world, asset):
    world.blobs.objects[asset.key] = b"original"
    with world.deps.unit_of_work() as work:
        work.assets.add(asset)
    return asset


def claim(world, lease=MINUTE):
    with world.deps.unit_of_work() as work:
        return work.assets.claim(lease)


def present(world, asset):
    with world.deps.unit_of_work() as work:
        return work.assets.get(asset.id)


def test_an_asset_becomes_ready_and_is_announced(world):
    asset = given(world, an_asset(texts=Texts(credit="Desk")))
    make_renditions(claim(world), world.deps)
    ready = present(world, asset)
    assert (ready.state, ready.due) == (AssetState.READY, False)
    assert (ready.width, ready.height) == (4_000, 3_000)
    assert [each.profile for each in ready.renditions] == ["wide", "medium", "thumb"]
    ((kind, event),) = world.database.events
    assert kind is EventType.ASSET_READY
    assert event.credit == "Desk"
    assert [each.url for each in event.renditions] == [
        f"{MEDIA_URL}/{each.key}" for each in ready.renditions
    ]
    assert claim(world) is None


def test_renditions_lie_under_their_hashes(world):
    asset = given(world, an_asset())
    make_renditions(claim(world), world.deps)
    for each in present(world, asset).renditions:
        data = world.blobs.objects[each.key]
        assert hashlib.sha256(data).hexdigest() == each.sha256
        assert len(data) == each.bytes


def test_an_unreadable_picture_is_rejected_with_the_reason(world):
    asset = given(world, an_asset())
    world.images.error = Unreadable("Premature end of file.")
    make_renditions(claim(world), world.deps)
    rejected = present(world, asset)
    assert (rejected.state, rejected.reason) == (AssetState.REJECTED, "Premature end of file.")
    assert world.database.events == []
    assert claim(world) is None


def test_a_crashing_decoder_is_given_up_in_the_end():
    world = a_world(most_attempts=3)
    asset = given(world, an_asset())
    world.images.error = DecoderFailed("ended by SIGSEGV")
    for _ in range(3):
        make_renditions(claim(world), world.deps)
        assert present(world, asset).state is AssetState.SCANNING
    make_renditions(claim(world), world.deps)
    rejected = present(world, asset)
    assert rejected.state is AssetState.REJECTED
    assert "several attempts" in rejected.reason
    assert len(world.images.orders) == 3


def test_a_storage_that_is_away_costs_no_attempt(world):
    asset = given(world, an_asset())
    for _ in range(20):
        world.blobs.away = True
        with pytest.raises(Unavailable):
            make_renditions(claim(world), world.deps)
    world.blobs.away = False
    make_renditions(claim(world), world.deps)
    assert present(world, asset).state is AssetState.READY


def test_a_lost_claim_changes_nothing(world):
    asset = given(world, an_asset())
    slow = claim(world, timedelta(seconds=-1))
    fast = claim(world)
    make_renditions(fast, world.deps)
    ready = present(world, asset)
    make_renditions(slow, world.deps)
    assert present(world, asset) == ready
    assert len(world.database.events) == 1


@pytest.mark.parametrize("error", [None, Unreadable("broken")])
def test_withdrawn_in_the_meantime_stays_withdrawn(world, error):
    asset = given(world, an_asset())
    taken = claim(world)
    withdraw(asset.id, world.deps)
    world.images.error = error
    make_renditions(taken, world.deps)
    assert present(world, asset).state is AssetState.WITHDRAWN
    assert [kind for kind, _ in world.database.events] == [EventType.ASSET_WITHDRAWN]
    assert claim(world) is None


def test_words_changed_in_the_meantime_are_made_again(world):
    asset = given(world, an_asset())
    taken = claim(world)
    describe(asset.id, {"credit": "New"}, world.deps, expected=frozenset({"*"}))
    make_renditions(taken, world.deps)
    assert (present(world, asset).texts.credit, present(world, asset).due) == ("New", True)
    make_renditions(claim(world), world.deps)
    assert not present(world, asset).due
    assert world.images.orders[-1].texts.credit == "New"
    kinds = [kind for kind, _ in world.database.events]
    assert kinds == [EventType.ASSET_READY, EventType.ASSET_REPLACED]


def test_making_again_takes_the_desks_words_alone(world):
    given(world, a_ready_asset(due=True))
    make_renditions(claim(world), world.deps)
    assert not world.images.orders[0].adopt


def test_what_is_public_stays_public_when_making_it_again_fails(world):
    asset = given(world, a_ready_asset(due=True))
    world.images.error = Unreadable("broken")
    make_renditions(claim(world), world.deps)
    after = present(world, asset)
    assert (after.state, after.renditions) == (AssetState.READY, asset.renditions)
    assert not after.due


def test_an_original_that_is_gone_is_tried_again(world):
    asset = given(world, an_asset())
    del world.blobs.objects[asset.key]
    make_renditions(claim(world), world.deps)
    assert present(world, asset).state is AssetState.SCANNING
    assert claim(world).attempt == 2


def test_a_lost_claim_rejects_nothing(world):
    asset = given(world, an_asset())
    slow = claim(world, timedelta(seconds=-1))
    make_renditions(claim(world), world.deps)
    world.images.error = Unreadable("broken")
    make_renditions(slow, world.deps)
    assert present(world, asset).state is AssetState.READY
