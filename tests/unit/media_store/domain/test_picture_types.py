# SPDX-License-Identifier: EUPL-1.2
import pytest

from media_store.domain.picture_types import other_type, picture_type

PICTURES = {
    b"\xff\xd8\xff\xe0\x00\x10JFIF": "image/jpeg",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR": "image/png",
    b"GIF89a\x01\x00": "image/gif",
    b"GIF87a\x01\x00": "image/gif",
    b"II*\x00\x08\x00\x00\x00": "image/tiff",
    b"MM\x00*\x00\x00\x00\x08": "image/tiff",
    b"RIFF\x24\x00\x00\x00WEBPVP8 ": "image/webp",
    b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avif": "image/avif",
    b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif": "image/avif",
}
OTHERS = [
    b"",
    b"\xff\xd8",
    b"%PDF-1.7",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"RIFF\x24\x00\x00\x00WAVEfmt ",
    b"PK\x03\x04",
    b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomavc1",
    b"\x00\x00\x00\x10ftypmif1\x00\x00\x00\x00avif",
    b"GIF90a",
    b"<!DOCTYPE html><html>",
]


@pytest.mark.parametrize(("head", "expected"), PICTURES.items())
def test_pictures_are_known_by_their_bytes(head, expected):
    assert picture_type(head + b"\x00" * 100) == expected


@pytest.mark.parametrize("head", OTHERS)
def test_everything_else_is_not_taken(head):
    assert picture_type(head) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [(b"%PDF-1.7", "application/pdf"), (b"PK\x03\x04", "application/zip"), (b"", "something")],
)
def test_a_refusal_can_say_what_it_saw(head, expected):
    assert expected in other_type(head)
