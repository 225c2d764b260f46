# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import Gone, NotFound, PreconditionFailed, PreconditionMissing
from communique.events.media import AssetState
from communique.ids import new_id
from media_store.testing.builders import a_ready_asset, a_world, an_asset
from media_store.use_cases.describe import describe

ANY = frozenset({"*"})


@pytest.fixture
def world():
    return a_world()


def given(world, asset):
    with world.deps.unit_of_work() as work:
        work.assets.add(asset)
    return asset


def test_words_are_changed_and_the_rest_stays(world):
    asset = given(world, a_ready_asset())
    changes = {"alt": {"en": "A red boat"}}
    changed = describe(asset.id, changes, world.deps, expected=frozenset({asset.etag}))
    assert changed.texts.alt == {"en": "A red boat"}
    assert changed.texts.credit == asset.texts.credit
    assert changed.version == asset.version + 1
    assert changed.due


def test_a_rejected_picture_is_not_made_again_for_new_words(world):
    asset = given(world, an_asset(state=AssetState.REJECTED, due=False))
    assert not describe(asset.id, {"credit": "Desk"}, world.deps, expected=ANY).due


def test_the_same_words_change_nothing(world):
    asset = given(world, a_ready_asset())
    changes = {"credit": asset.texts.credit}
    assert describe(asset.id, changes, world.deps, expected=ANY) == asset


def test_a_credit_can_be_taken_away(world):
    asset = given(world, a_ready_asset())
    assert describe(asset.id, {"credit": None}, world.deps, expected=ANY).texts.credit is None


def test_a_change_without_if_match_is_refused(world):
    asset = given(world, a_ready_asset())
    with pytest.raises(PreconditionMissing) as caught:
        describe(asset.id, {"credit": "Desk"}, world.deps, expected=None)
    assert "If-Match" in caught.value.errors


def test_a_change_of_an_older_version_is_refused(world):
    asset = given(world, a_ready_asset())
    seen = frozenset({asset.etag})
    describe(asset.id, {"credit": "First"}, world.deps, expected=seen)
    with pytest.raises(PreconditionFailed):
        describe(asset.id, {"credit": "Second"}, world.deps, expected=seen)


def test_what_is_not_there_cannot_be_described(world):
    with pytest.raises(NotFound):
        describe(new_id(), {}, world.deps, expected=ANY)
    asset = given(world, a_ready_asset(state=AssetState.WITHDRAWN))
    with pytest.raises(Gone):
        describe(asset.id, {}, world.deps, expected=ANY)
