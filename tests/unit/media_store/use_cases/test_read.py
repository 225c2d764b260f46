# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.errors import NotFound
from communique.ids import new_id
from media_store.testing.builders import a_world, an_asset
from media_store.use_cases.read import list_assets, read_asset


@pytest.fixture
def world():
    return a_world()


def test_an_asset_is_read_in_any_state(world):
    asset = an_asset()
    with world.deps.unit_of_work() as work:
        work.assets.add(asset)
    assert read_asset(asset.id, world.deps) == asset
    with pytest.raises(NotFound):
        read_asset(new_id(), world.deps)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6, 10])
def test_pages_hold_every_asset_once(world, limit):
    assets = [an_asset() for _ in range(6)]
    with world.deps.unit_of_work() as work:
        for each in assets:
            work.assets.add(each)
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        page, cursor = list_assets(world.deps, before=cursor, limit=limit)
        seen += page
        pages += 1
    assert sorted(seen, key=lambda each: each.id) == assets
    assert pages == -(-6 // limit)
