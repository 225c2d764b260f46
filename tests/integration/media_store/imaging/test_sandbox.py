# SPDX-License-Identifier: EUPL-1.2
"""The decoding process does its work, keeps its limits, and fails alone."""

import io
import struct
import zlib
from dataclasses import replace

import pytest
import pyvips

from media_store.domain.errors import DecoderFailed, Unreadable
from media_store.domain.picture_types import picture_type
from media_store.domain.profiles import PROFILES
from media_store.domain.texts import Texts
from media_store.imaging.messages import Limits
from media_store.imaging.sandbox import SandboxedImages
from media_store.ports import Order

LIMITS = Limits(memory_bytes=3 << 30, cpu_seconds=30, wall_seconds=30, file_bytes=64 << 20)
FORMATS = [".jpg", ".png", ".webp", ".avif", ".gif", ".tif"]


@pytest.fixture
def make(tmp_path):
    """Make the renditions of some bytes."""

    def of(data, *, limits=LIMITS, texts=None, adopt=True, most_pixels=200_000_000):
        source = tmp_path / "source"
        source.write_bytes(data)
        media_type = picture_type(data) or "image/jpeg"
        order = Order(media_type, PROFILES, texts or Texts(), adopt, most_pixels)
        return SandboxedImages(limits).make(source, tmp_path, order)

    return of


def opened(made, profile):
    (file,) = (each for each in made.files if each.profile == profile)
    return pyvips.Image.new_from_buffer(file.path.read_bytes(), "")


def colour(image, x, y):
    red, _, blue = image.getpoint(x, y)
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_becomes_three_progressive_jpegs(make, draw, suffix):
    made = make(draw(1600, 1200, suffix))
    assert (made.width, made.height) == (1600, 1200)
    sizes = {each.profile: (each.width, each.height) for each in made.files}
    assert sizes == {"wide": (1200, 675), "medium": (800, 600), "thumb": (320, 180)}
    for profile, size in sizes.items():
        image = opened(made, profile)
        assert (image.width, image.height) == size
        assert image.get("vips-loader") == "jpegload_buffer"
        assert image.get("interlaced") == 1
        assert image.interpretation == "srgb"


@pytest.mark.parametrize(
    ("orientation", "size", "top_left", "bottom_right"),
    [
        (1, (1200, 900), "red", "blue"),
        (3, (1200, 900), "blue", "red"),
        (6, (900, 1200), "red", "blue"),
        (8, (900, 1200), "blue", "red"),
    ],
)
def test_pictures_stand_upright(make, turned, orientation, size, top_left, bottom_right):
    made = make(turned(1200, 900, orientation))
    assert (made.width, made.height) == size
    image = opened(made, "medium")
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert image.get_typeof("orientation") == 0
    assert colour(image, 5, 5) == top_left
    assert colour(image, image.width - 5, image.height - 5) == bottom_right


def test_small_pictures_are_not_enlarged(make, draw):
    made = make(draw(300, 300))
    sizes = {each.profile: (each.width, each.height) for each in made.files}
    assert sizes == {"wide": (300, 168), "medium": (300, 300), "thumb": (300, 168)}


def test_transparency_becomes_white(make):
    clear = pyvips.Image.black(400, 400, bands=4).copy(interpretation="srgb")
    made = make(clear.write_to_buffer(".png"))
    assert opened(made, "medium").getpoint(10, 10) == [255, 255, 255]


@pytest.mark.parametrize("interpretation", ["b-w", "cmyk", "grey16", "rgb16"])
def test_other_colours_become_srgb(make, draw, interpretation):
    image = pyvips.Image.new_from_buffer(draw(600, 400), "").colourspace(interpretation)
    made = make(image.write_to_buffer(".tif"))
    wide = opened(made, "wide")
    assert (wide.interpretation, wide.bands) == ("srgb", 3)


def test_the_desks_words_complete_those_of_the_file(make, draw):
    made = make(draw(400, 300), texts=Texts(credit="Bộ Ngoại giao"))
    assert made.texts.credit == "Bộ Ngoại giao"
    assert "Bộ Ngoại giao" in opened(made, "thumb").get("xmp-data").decode()


def test_only_our_packet_is_left(make, turned):
    fields = opened(make(turned(800, 600, 6)), "wide").get_fields()
    assert [name for name in fields if name.endswith("-data")] == ["xmp-data"]
    assert not [name for name in fields if name.startswith("exif")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_cut_picture_is_unreadable(make, draw, suffix):
    data = draw(1600, 1200, suffix)
    with pytest.raises(Unreadable, match="cannot be decoded"):
        make(data[: len(data) // 2])


def test_noise_after_a_good_beginning_is_unreadable(make):
    with pytest.raises(Unreadable):
        make(b"\xff\xd8\xff\xe0" + b"noise" * 500)


def test_the_reason_does_not_show_our_paths(make, tmp_path):
    with pytest.raises(Unreadable) as caught:
        make(b"\x89PNG\r\n\x1a\n" + b"noise" * 500)
    assert str(tmp_path) not in caught.value.reason


def test_a_bomb_is_refused_before_it_is_decoded(make):
    with pytest.raises(Unreadable, match="40000 x 40000 pixels"):
        make(png(40_000, 40_000))


def test_the_limit_counts_pixels(make, draw):
    make(draw(100, 100), most_pixels=10_000)
    with pytest.raises(Unreadable, match="at most 9999"):
        make(draw(100, 100), most_pixels=9_999)


def test_another_decoder_than_the_types_own_is_not_used(make, tmp_path, draw):
    source = tmp_path / "source"
    source.write_bytes(draw(100, 100, ".png"))
    order = Order("image/gif", PROFILES, Texts(), adopt=True, most_pixels=1 << 20)
    with pytest.raises(Unreadable):
        SandboxedImages(LIMITS).make(source, tmp_path, order)


@pytest.mark.parametrize("megabytes", [60, 100, 120])
def test_too_little_memory_fails_the_decoder_alone(make, draw, megabytes):
    with pytest.raises(DecoderFailed):
        make(draw(6_000, 4_000, ".tif"), limits=replace(LIMITS, memory_bytes=megabytes << 20))


def test_too_little_time_fails_the_decoder_alone(make, draw):
    with pytest.raises(DecoderFailed, match="longer than"):
        make(draw(100, 100), limits=replace(LIMITS, wall_seconds=0))


def test_too_large_a_result_fails_the_decoder_alone(make, draw):
    with pytest.raises(DecoderFailed):
        make(draw(1_600, 1_200), limits=replace(LIMITS, file_bytes=100))


def png(width, height):
    """Write a PNG that says it is large and is not."""

    def chunk(kind, data):
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    out = io.BytesIO()
    out.write(b"\x89PNG\r\n\x1a\n")
    out.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
    out.write(chunk(b"IDAT", zlib.compress(b"\x00" * 1000)))
    out.write(chunk(b"IEND", b""))
    return out.getvalue()
