# SPDX-License-Identifier: EUPL-1.2
from communique.testing.articles import an_asset


def test_a_rendition_is_found_by_its_profile():
    asset = an_asset()
    assert asset.rendition("thumb") is asset.renditions[2]
    assert asset.rendition("poster") is None
