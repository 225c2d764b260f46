# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import Conflict, Gone, NotFound
from communique.events.media import AssetState
from communique.ids import new_id
from media_store.testing.builders import a_ready_asset, a_world, an_asset
from media_store.use_cases.link import link, public_rendition

UNREADY = [AssetState.RECEIVED, AssetState.SCANNING, AssetState.REJECTED]


@pytest.fixture
def world():
    return a_world()


def given(world, asset):
    with world.deps.unit_of_work() as work:
        work.assets.add(asset)
    return asset


def test_a_ready_rendition_is_public(world):
    asset = given(world, a_ready_asset())
    (rendition,) = asset.renditions
    assert public_rendition(rendition.sha256, world.deps) == rendition
    assert link(asset.id, "wide", world.deps) == rendition


@pytest.mark.parametrize("state", UNREADY)
def test_nothing_is_public_before_it_is_ready(world, state):
    asset = given(world, a_ready_asset(state=state))
    with pytest.raises(NotFound):
        public_rendition(asset.renditions[0].sha256, world.deps)
    with pytest.raises(Conflict) as caught:
        link(asset.id, "wide", world.deps)
    assert caught.value.extra == {"state": state}


def test_what_is_withdrawn_is_gone(world):
    asset = given(world, a_ready_asset(state=AssetState.WITHDRAWN))
    with pytest.raises(Gone):
        public_rendition(asset.renditions[0].sha256, world.deps)
    with pytest.raises(Gone):
        link(asset.id, "wide", world.deps)


def test_what_never_was_is_not_found(world):
    asset = given(world, an_asset())
    with pytest.raises(NotFound):
        public_rendition(asset.sha256, world.deps)
    with pytest.raises(NotFound):
        link(new_id(), "wide", world.deps)
    with pytest.raises(NotFound):
        link(asset.id, "poster", world.deps)
