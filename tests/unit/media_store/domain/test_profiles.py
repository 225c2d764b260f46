# SPDX-License-Identifier: EUPL-1.2
import pytest

from media_store.domain.profiles import PROFILES, Size, base, target

WIDE, MEDIUM, THUMB = PROFILES


@pytest.mark.parametrize(
    ("profile", "picture", "expected"),
    [
        (WIDE, Size(4240, 2832), Size(1200, 675)),
        (WIDE, Size(2832, 4240), Size(1200, 675)),
        (MEDIUM, Size(4240, 2832), Size(800, 534)),
        (MEDIUM, Size(2000, 6000), Size(800, 2400)),
        (THUMB, Size(4240, 2832), Size(320, 180)),
        (WIDE, Size(640, 480), Size(640, 360)),
        (WIDE, Size(1600, 90), Size(160, 90)),
        (MEDIUM, Size(640, 480), Size(640, 480)),
        (THUMB, Size(1, 1), Size(1, 1)),
        (MEDIUM, Size(4000, 1), Size(800, 1)),
    ],
)
def test_a_picture_is_fitted_but_never_enlarged(profile, picture, expected):
    assert target(profile, picture) == expected


@pytest.mark.parametrize(
    "picture", [Size(4240, 2832), Size(500, 9000), Size(9000, 500), Size(1, 1)]
)
def test_the_base_covers_every_rendition(picture):
    whole = base(PROFILES, picture)
    assert whole.width <= picture.width
    assert whole.height <= picture.height
    for profile in PROFILES:
        size = target(profile, picture)
        assert size.width <= whole.width
        assert size.height <= whole.height


def test_the_base_is_no_larger_than_needed():
    assert base(PROFILES, Size(4240, 2832)) == Size(1200, 802)


def test_a_parent_comes_before_its_children_and_has_their_shape():
    seen = {}
    for profile in PROFILES:
        if profile.parent:
            parent = seen[profile.parent]
            assert parent.width * profile.height == parent.height * profile.width
        seen[profile.name] = profile
