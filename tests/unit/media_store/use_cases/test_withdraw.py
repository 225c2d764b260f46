# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import NotFound, PreconditionFailed
from communique.events.envelope import EventType
from communique.events.media import AssetState
from communique.ids import new_id
from media_store.testing.builders import a_ready_asset, a_world, an_asset
from media_store.use_cases.withdraw import withdraw


@pytest.fixture
def world():
    return a_world()


def given(world, asset):
    with world.deps.unit_of_work() as work:
        work.assets.add(asset)
    return asset


@pytest.mark.parametrize("state", [each for each in AssetState if each != "withdrawn"])
def test_any_asset_can_be_withdrawn_and_that_is_announced_once(world, state):
    asset = given(world, a_ready_asset(state=state))
    first = withdraw(asset.id, world.deps)
    second = withdraw(asset.id, world.deps)
    assert first == second
    assert (first.state, first.due) == (AssetState.WITHDRAWN, False)
    ((kind, event),) = world.database.events
    assert kind is EventType.ASSET_WITHDRAWN
    assert event.renditions == ()


def test_an_older_version_is_refused(world):
    asset = given(world, an_asset())
    with pytest.raises(PreconditionFailed):
        withdraw(asset.id, world.deps, expected=frozenset({'"older"'}))
    assert withdraw(asset.id, world.deps, expected=frozenset({asset.etag})).version == 2


def test_what_is_not_there_cannot_be_withdrawn(world):
    with pytest.raises(NotFound):
        withdraw(new_id(), world.deps)
