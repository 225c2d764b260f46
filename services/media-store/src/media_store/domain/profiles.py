# SPDX-License-Identifier: EUPL-1.2
"""Which renditions are made, and how a picture is fitted into each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final


class Crop(StrEnum):
    """What to keep when the picture has another shape than its box."""

    ATTENTION = "attention"  # the part that draws the eye
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Profile:
    """A named form. Without a height the whole picture is kept at that width.

    `parent` names the profile it is scaled down from, so that the original is decoded only once.
    """

    name: str
    width: int
    height: int | None = None
    crop: Crop | None = None
    quality: int = 82
    parent: str | None = None


PROFILES: Final = (
    Profile("wide", 1200, 675, crop=Crop.ATTENTION),
    Profile("medium", 800),
    Profile("thumb", 320, 180, crop=Crop.CENTRE, quality=78, parent="wide"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def target(profile: Profile, picture: Size) -> Size:
    """Return the size of the rendition: never larger than the picture, and of the box's shape."""
    if profile.height is None:
        width = min(profile.width, picture.width)
        return Size(width, max(1, round(picture.height * width / picture.width)))
    shrink = min(1.0, picture.width / profile.width, picture.height / profile.height)
    return Size(max(1, int(profile.width * shrink)), max(1, int(profile.height * shrink)))


def base(profiles: Sequence[Profile], picture: Size) -> Size:
    """Return the smallest size of the whole picture that every rendition can be cut from."""
    targets = [target(profile, picture) for profile in profiles]
    scale = max(max(size.width / picture.width, size.height / picture.height) for size in targets)
    return Size(
        min(picture.width, ceil(picture.width * scale)),
        min(picture.height, ceil(picture.height * scale)),
    )
