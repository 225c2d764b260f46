# SPDX-License-Identifier: EUPL-1.2
"""What kind of picture some bytes are, told by the bytes alone."""

from typing import Final

import filetype

HEAD: Final = 512  # as many bytes of the beginning as the answer needs

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
AVIF: Final = "image/avif"
GIF: Final = "image/gif"
TIFF: Final = "image/tiff"

ALLOWED: Final = (JPEG, PNG, WEBP, AVIF, GIF, TIFF)

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})


def picture_type(head: bytes) -> str | None:
    """Return the media type of a picture we take, or None."""
    for beginning, media_type in _BEGINNINGS:
        if head.startswith(beginning):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return AVIF if _AVIF_BRANDS & _brands(head) else None


def other_type(head: bytes) -> str:
    """Say what bytes that we do not take seem to be."""
    return filetype.guess_mime(head) or "something unknown"


def _brands(head: bytes) -> set[bytes]:
    """Return the brands of an ISO base media file: its major one and the compatible ones."""
    if head[4:8] != b"ftyp":
        return set()
    box = head[: int.from_bytes(head[:4], "big")]
    return {box[8:12], *(box[at : at + 4] for at in range(16, len(box) - 3, 4))}
