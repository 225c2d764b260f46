# SPDX-License-Identifier: EUPL-1.2
import pytest

from media_store.domain.metadata.iim import read
from media_store.domain.texts import Texts


def dataset(record, number, value):
    return bytes([0x1C, record, number]) + len(value).to_bytes(2, "big") + value


def resource(number, data, name=b""):
    name = bytes([len(name)]) + name
    name += b"\x00" * (len(name) % 2)
    padding = b"\x00" * (len(data) % 2)
    return (
        b"8BIM" + number.to_bytes(2, "big") + name + len(data).to_bytes(4, "big") + data + padding
    )


WORDS = (
    dataset(1, 90, b"\x1b%G")
    + dataset(2, 0, b"\x00\x04")
    + dataset(2, 80, "Tổ ảnh".encode())
    + dataset(2, 110, "Bộ Ngoại giao".encode())
    + dataset(2, 116, "© Bộ Ngoại giao".encode())
    + dataset(2, 120, "Cầu cảng".encode())
)
EXPECTED = Texts("Bộ Ngoại giao", "© Bộ Ngoại giao", "Tổ ảnh", {"und": "Cầu cảng"})


@pytest.mark.parametrize(
    "block",
    [
        WORDS,
        b"Photoshop 3.0\x00" + resource(0x0404, WORDS),
        b"Photoshop 3.0\x00"
        + resource(0x040C, b"odd", b"thumb")
        + resource(0x0404, WORDS, b"name"),
    ],
)
def test_words_are_found(block):
    assert read(block) == EXPECTED


def test_old_files_are_latin_1():
    assert read(dataset(2, 110, "Ministère".encode("latin-1"))).credit == "Ministère"


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"8BIM",
        b"8BIM\x04\x04",
        b"8BIM\x04\x04\x00\x00",
        b"8BIM\x04\x04\xff\x00\xff\xff\xff\xff",
        b"\x1c\x02\x6e",
        b"\x1c\x02\x6e\xff\xff",
        b"noise" * 100,
    ],
)
def test_broken_blocks_say_nothing(block):
    assert read(block) == Texts()


@pytest.mark.parametrize("length", range(len(WORDS)))
def test_a_cut_block_never_fails(length):
    read(WORDS[:length])
