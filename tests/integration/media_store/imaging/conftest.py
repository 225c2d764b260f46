# SPDX-License-Identifier: EUPL-1.2
"""Pictures made for a test, as bytes."""

import piexif
import pytest
import pyvips

RED = [200, 30, 30]
BLUE = [30, 30, 200]


def plain(width, height, colour):
    return pyvips.Image.black(width, height).new_from_image(colour).copy(interpretation="srgb")


@pytest.fixture
def draw():
    """Draw a picture with a red left half and a blue right half, and write it in a format."""

    def picture(width, height, suffix=".jpg", **options):
        left = plain(width // 2, height, RED)
        image = left.join(plain(width - width // 2, height, BLUE), "horizontal")
        return image.write_to_buffer(suffix, **options)

    return picture


@pytest.fixture
def turned(draw):
    """Draw a JPEG whose EXIF says how to turn it."""

    def picture(width, height, orientation):
        jpeg = draw(width, height)
        block = piexif.dump({"0th": {piexif.ImageIFD.Orientation: orientation}})
        length = (len(block) + 2).to_bytes(2, "big")
        return jpeg[:2] + b"\xff\xe1" + length + block + jpeg[2:]

    return picture
