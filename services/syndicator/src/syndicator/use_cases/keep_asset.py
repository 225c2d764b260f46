# SPDX-License-Identifier: EUPL-1.2
"""Take note of a picture, wake what waits for it, and show it where it is missing or outdated."""

from communique.events.media import Asset
from syndicator.ports import Deps
from syndicator.use_cases.plan import rewrite


def keep_asset(asset: Asset, deps: Deps) -> None:
    """Keep the asset; write articles that show it into our feeds again."""
    with deps.begin() as work:
        if work.assets.find([asset.id]).get(asset.id) == asset:
            return
        work.assets.put(asset)
        work.deliveries.wake(asset.id)
        for article in work.articles.with_asset(asset.id):
            rewrite(work, article, deps)
