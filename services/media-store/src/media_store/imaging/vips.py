# SPDX-License-Identifier: EUPL-1.2
"""libvips: check, read the words, and render; the only import of the image library.

The original is decoded once, already shrunk while loading, and every rendition is cut from that.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pyvips

from media_store.domain import picture_types
from media_store.domain.errors import Unreadable
from media_store.domain.metadata import exif, iim, xmp
from media_store.domain.profiles import Crop, Profile, Size, base, target
from media_store.domain.texts import Texts, tidy
from media_store.ports import Made, MadeFile, Order

_LOADERS: Final[Mapping[str, str]] = {
    picture_types.JPEG: "VipsForeignLoadJpeg",
    picture_types.PNG: "VipsForeignLoadPng",
    picture_types.WEBP: "VipsForeignLoadWebp",
    picture_types.AVIF: "VipsForeignLoadHeif",
    picture_types.GIF: "VipsForeignLoadNsgif",
    picture_types.TIFF: "VipsForeignLoadTiff",
}
_READERS: Final[tuple[tuple[str, Callable[[bytes], Texts]], ...]] = (
    ("xmp-data", xmp.read),
    ("iptc-data", iim.read),
    ("exif-data", exif.read),
)
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height
_WHITE: Final = [255, 255, 255]
_MOST_REASON: Final = 300
_OUR_LIMITS: Final = ("out of memory", "creating thread")  # not the picture's fault


def make(source: Path, directory: Path, order: Order) -> Made:
    """Make the ordered renditions in a directory.

    Raises:
        Unreadable: the file can never become a picture.
        pyvips.Error: our own limits were reached, or the result cannot be written.
    """
    _allow_only(order.media_type)
    size, found, whole = _decode(source, order)
    texts = order.texts.over(found) if order.adopt else order.texts
    packet = xmp.write(texts)
    made: dict[str, pyvips.Image] = {}
    files = []
    for profile in order.profiles:
        picture = _fit(made.get(profile.parent or "", whole), target(profile, size), profile)
        made[profile.name] = picture
        files.append(_save(picture, profile, directory, packet))
    return Made(size.width, size.height, texts, tuple(files))


def _decode(source: Path, order: Order) -> tuple[Size, Texts, pyvips.Image]:
    """Return the upright size, the words, and all pixels that are needed."""
    try:
        header = pyvips.Image.new_from_file(str(source), access="sequential")
        size = _checked_size(header, order.most_pixels)
        return size, _texts(header), _shrunk(source, base(order.profiles, size))
    except pyvips.Error as error:
        if any(words in error.detail for words in _OUR_LIMITS):
            raise
        raise Unreadable(_reason(error, source)) from error


def _allow_only(media_type: str) -> None:
    """Keep libvips from choosing another decoder than the one for what the bytes are."""
    pyvips.operation_block_set("VipsForeignLoad", True)
    pyvips.operation_block_set(_LOADERS[media_type], False)


def _checked_size(header: pyvips.Image, most_pixels: int) -> Size:
    """Return the upright size; refuse a picture that would not fit into memory."""
    if header.width * header.height > most_pixels:
        raise Unreadable(
            f"The picture has {header.width} x {header.height} pixels; "
            f"at most {most_pixels} are taken."
        )
    if _field(header, "orientation") in _SIDEWAYS:
        return Size(header.height, header.width)
    return Size(header.width, header.height)


def _texts(header: pyvips.Image) -> Texts:
    found = Texts()
    for name, read in _READERS:
        block = _field(header, name)
        if isinstance(block, bytes):
            found = found.over(read(block))
    return tidy(found)


def _field(header: pyvips.Image, name: str) -> object:
    return header.get(name) if header.get_typeof(name) else None


def _shrunk(source: Path, size: Size) -> pyvips.Image:
    """Decode once: upright, in sRGB, without transparency, no larger than needed."""
    picture = pyvips.Image.thumbnail(
        str(source),
        size.width,
        height=size.height,
        size="force",
        output_profile="srgb",
        fail_on="error",
    )
    if picture.hasalpha():
        picture = picture.flatten(background=_WHITE)
    if picture.interpretation != "srgb":
        picture = picture.colourspace("srgb")
    return picture.copy_memory()


def _fit(picture: pyvips.Image, size: Size, profile: Profile) -> pyvips.Image:
    if profile.crop is None:
        return picture.thumbnail_image(size.width, height=size.height, size="force").copy_memory()
    interesting = "attention" if profile.crop is Crop.ATTENTION else "centre"
    return picture.thumbnail_image(size.width, height=size.height, crop=interesting).copy_memory()


def _save(picture: pyvips.Image, profile: Profile, directory: Path, packet: bytes) -> MadeFile:
    """Write a progressive JPEG whose only metadata is our packet."""
    path = directory / f"{profile.name}.jpg"
    picture = picture.copy()
    picture.set_type(pyvips.GValue.blob_type, "xmp-data", packet)
    picture.jpegsave(str(path), Q=profile.quality, interlace=True, optimize_coding=True, keep="xmp")
    return MadeFile(profile.name, path, picture_types.JPEG, picture.width, picture.height)


def _reason(error: pyvips.Error, source: Path) -> str:
    """Return the decoder's own last words, without our paths."""
    lines = [line.strip() for line in error.detail.replace(str(source), "file").splitlines()]
    words = next((line for line in reversed(lines) if line), "unknown error")
    return f"The picture cannot be decoded: {words}"[:_MOST_REASON]
