# SPDX-License-Identifier: EUPL-1.2
"""The lead photo: a harbour at sunrise, as a camera and a picture desk would leave it.

The same bytes every time, with a position, a camera, a credit and a caption inside.
"""

import pyvips

from local_stack.samples.photo_metadata import exif_segment, iim_segment, xmp_segment
from local_stack.samples.scene import harbour

QUALITY = 90
START = b"\xff\xd8"


def lead_photo() -> bytes:
    """Return the photo as JPEG, 4240 by 2832 pixels."""
    image = pyvips.Image.new_from_array(harbour(), interpretation="srgb")
    plain: bytes = image.jpegsave_buffer(Q=QUALITY, keep="none")
    return _with_segments(plain, exif_segment() + xmp_segment() + iim_segment())


def _with_segments(jpeg: bytes, segments: bytes) -> bytes:
    at = len(START)
    if jpeg[at : at + 2] == b"\xff\xe0":  # the JFIF segment comes first
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return jpeg[:at] + segments + jpeg[at:]
