# SPDX-License-Identifier: EUPL-1.2
import piexif
import pytest
import pyvips

from local_stack.samples.photo import lead_photo


@pytest.fixture(scope="module")
def photo():
    return lead_photo()


def test_has_at_least_twelve_megapixels(photo):
    image = pyvips.Image.new_from_buffer(photo, "", fail_on="warning")
    assert image.width * image.height >= 12_000_000
    assert image.deviate() > 20  # a scene, not a plain colour


def test_says_where_and_with_what_it_was_taken(photo):
    exif = piexif.load(photo)
    degrees, minutes, _ = exif["GPS"][piexif.GPSIFD.GPSLatitude]
    assert (degrees, minutes, exif["GPS"][piexif.GPSIFD.GPSLatitudeRef]) == ((21, 1), (1, 1), b"N")
    assert exif["0th"][piexif.ImageIFD.Make]
    assert exif["0th"][piexif.ImageIFD.Model]
    assert exif["0th"][piexif.ImageIFD.Orientation] == 1


def test_another_reader_finds_position_and_credit(photo):
    image = pyvips.Image.new_from_buffer(photo, "")
    assert image.get("exif-ifd3-GPSLatitudeRef").startswith("N")
    assert b"Photo: Ministry of Foreign Affairs" in bytes(image.get("xmp-data"))
    assert "Cầu cảng".encode() in bytes(image.get("iptc-data"))


def test_iim_gives_the_credit_under_its_number(photo):
    block = bytes(pyvips.Image.new_from_buffer(photo, "").get("iptc-data"))
    at = block.index(b"\x1c\x02\x6e")
    length = int.from_bytes(block[at + 3 : at + 5])
    assert block[at + 5 : at + 5 + length] == b"Photo: Ministry of Foreign Affairs"


def test_is_the_same_every_time(photo):
    assert lead_photo() == photo
