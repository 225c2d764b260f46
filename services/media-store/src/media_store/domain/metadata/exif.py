# SPDX-License-Identifier: EUPL-1.2
"""EXIF: only its three texts are read. Place, device and serial numbers are left behind."""

import struct
from collections.abc import Iterator
from typing import Final

from media_store.domain.texts import UNDETERMINED, Texts

_PREFIX: Final = b"Exif\x00\x00"
_ASCII: Final = 2
_DESCRIPTION: Final = 0x010E
_ARTIST: Final = 0x013B
_COPYRIGHT: Final = 0x8298
_MOST_ENTRIES: Final = 500


def read(block: bytes) -> Texts:
    """Return the texts of the first directory; broken EXIF has none."""
    data = block.removeprefix(_PREFIX)
    try:
        values = dict(_texts(data))
    except struct.error:
        return Texts()
    caption = values.get(_DESCRIPTION)
    return Texts(
        rights=values.get(_COPYRIGHT),
        creator=values.get(_ARTIST),
        caption={UNDETERMINED: caption} if caption else {},
    )


def _texts(data: bytes) -> Iterator[tuple[int, str]]:
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return
    (start,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, start)
    for index in range(min(count, _MOST_ENTRIES)):
        at = start + 2 + 12 * index
        tag, kind, length, offset = struct.unpack_from(f"{order}HHII", data, at)
        if kind == _ASCII and tag in {_DESCRIPTION, _ARTIST, _COPYRIGHT}:
            first = at + 8 if length <= 4 else offset
            text = data[first : first + length].decode("utf-8", errors="replace")
            text = " ".join(text.replace("\x00", " ").split())
            if text:
                yield tag, text
