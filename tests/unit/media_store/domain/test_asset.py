# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.events.media import AssetState
from media_store.domain.asset import TRANSITIONS, announced, move
from media_store.domain.errors import ImpossibleMove
from media_store.testing.builders import MEDIA_URL, a_ready_asset, an_asset

ALL = [(here, there) for here in AssetState for there in AssetState]


def test_every_state_has_its_row():
    assert set(TRANSITIONS) == set(AssetState)


@pytest.mark.parametrize(("here", "there"), ALL)
def test_only_moves_of_the_table_are_made(here, there):
    asset = an_asset(state=here)
    if there in TRANSITIONS[here]:
        moved = move(asset, there)
        assert (moved.state, moved.version) == (there, asset.version + 1)
    else:
        with pytest.raises(ImpossibleMove) as caught:
            move(asset, there)
        assert (caught.value.present, caught.value.wanted) == (here, there)


def test_nothing_leaves_withdrawn_and_ready_is_left_only_for_it():
    assert TRANSITIONS[AssetState.WITHDRAWN] == frozenset()
    assert TRANSITIONS[AssetState.READY] == {AssetState.WITHDRAWN}


def test_renditions_are_announced_with_their_address():
    asset = a_ready_asset()
    (rendition,) = asset.renditions
    (public,) = announced(asset, MEDIA_URL).renditions
    assert public.url == f"{MEDIA_URL}/renditions/{rendition.sha256}.jpg"


@pytest.mark.parametrize("state", [each for each in AssetState if each is not AssetState.READY])
def test_no_renditions_are_announced_unless_ready(state):
    assert announced(a_ready_asset(state=state), MEDIA_URL).renditions == ()


def test_every_version_has_another_etag():
    asset = an_asset()
    assert asset.etag != asset.with_changes().etag != an_asset().etag
