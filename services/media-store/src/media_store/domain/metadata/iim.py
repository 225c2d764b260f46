# SPDX-License-Identifier: EUPL-1.2
"""IPTC-IIM: the words that press photo tools have written into JPEGs since the nineties."""

from collections.abc import Iterator
from typing import Final

from media_store.domain.texts import UNDETERMINED, Texts

_RESOURCE: Final = b"8BIM"
_IIM_RESOURCE: Final = 0x0404
_TAG: Final = 0x1C
_UTF8: Final = b"\x1b%G"
_CODED_CHARACTER_SET: Final = (1, 90)
_BY_LINE: Final = (2, 80)
_CREDIT: Final = (2, 110)
_COPYRIGHT: Final = (2, 116)
_CAPTION: Final = (2, 120)


def read(block: bytes) -> Texts:
    """Return the texts of a Photoshop resource block, or of bare IIM datasets."""
    values = dict(_datasets(_iim(block)))
    utf8 = values.get(_CODED_CHARACTER_SET) == _UTF8

    def text(dataset: tuple[int, int]) -> str | None:
        return _decode(values.get(dataset, b""), utf8=utf8)

    caption = text(_CAPTION)
    return Texts(
        credit=text(_CREDIT),
        rights=text(_COPYRIGHT),
        creator=text(_BY_LINE),
        caption={UNDETERMINED: caption} if caption else {},
    )


def _iim(block: bytes) -> bytes:
    at = block.find(_RESOURCE)
    while at != -1 and at + 12 <= len(block):
        number = int.from_bytes(block[at + 4 : at + 6], "big")
        name = (block[at + 6] + 2) & ~1  # a Pascal string, padded to an even length
        start = at + 6 + name + 4
        length = int.from_bytes(block[start - 4 : start], "big")
        if number == _IIM_RESOURCE:
            return block[start : start + length]
        at = block.find(_RESOURCE, start + length)
    return block if block[:1] == bytes([_TAG]) else b""


def _datasets(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    while at + 5 <= len(data) and data[at] == _TAG:
        length = int.from_bytes(data[at + 3 : at + 5], "big")
        if length & 0x8000:  # an extended dataset: far longer than any of ours
            return
        yield (data[at + 1], data[at + 2]), data[at + 5 : at + 5 + length]
        at += 5 + length


def _decode(value: bytes, *, utf8: bool) -> str | None:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("utf-8" if utf8 else "latin-1", errors="replace")
    return text.strip("\x00 \r\n\t") or None
