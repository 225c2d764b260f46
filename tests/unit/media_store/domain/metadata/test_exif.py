# SPDX-License-Identifier: EUPL-1.2
import piexif
import pytest

from media_store.domain.metadata.exif import read
from media_store.domain.texts import Texts

BLOCK = piexif.dump(
    {
        "0th": {
            piexif.ImageIFD.ImageDescription: "Cầu cảng".encode(),
            piexif.ImageIFD.Artist: b"Desk",
            piexif.ImageIFD.Copyright: b"One\x00Two",
            piexif.ImageIFD.Make: b"Camera",
        },
        "GPS": {piexif.GPSIFD.GPSLatitude: ((21, 1), (2, 1), (0, 1))},
    }
)


def test_only_the_three_texts_are_read():
    expected = Texts(rights="One Two", creator="Desk", caption={"und": "Cầu cảng"})
    assert read(BLOCK) == expected
    assert read(BLOCK.removeprefix(b"Exif\x00\x00")) == expected


def test_short_texts_stand_in_the_entry_itself():
    block = piexif.dump({"0th": {piexif.ImageIFD.Copyright: b"abc"}})
    assert read(block).rights == "abc"


@pytest.mark.parametrize("length", range(0, len(BLOCK), 3))
def test_a_cut_block_never_fails(length):
    read(BLOCK[:length])


@pytest.mark.parametrize("block", [b"", b"Exif\x00\x00", b"II*\x00\xff\xff\xff\xff", b"XX" * 50])
def test_broken_blocks_say_nothing(block):
    assert read(block) == Texts()
