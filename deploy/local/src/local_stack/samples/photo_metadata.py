# SPDX-License-Identifier: EUPL-1.2
"""What a camera and a picture desk write into a photo: Exif, XMP and IPTC IIM, as JPEG segments."""

import struct
from xml.sax.saxutils import escape

import piexif

CREDIT = "Photo: Ministry of Foreign Affairs"
OWNER = "Ministry of Foreign Affairs"
HEADLINE = "Harbour at sunrise"
TERMS = "May be reproduced with credit to the Ministry of Foreign Affairs."
CAPTION = {
    "vi": "Cầu cảng lúc bình minh, nơi các đoàn thăm tàu cứu nạn bên lề Hội nghị.",
    "en": "The quay at sunrise, where delegations visited a rescue vessel during the meeting.",
}
TAKEN = "2026:11:24 06:12:40"
LATITUDE = ((21, 1), (1, 1), (4200, 100))
LONGITUDE = ((105, 1), (50, 1), (3000, 100))
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
    photoshop:Credit="{credit}" photoshop:Source="{owner}" photoshop:Headline="{headline}">
   <dc:creator><rdf:Seq><rdf:li>{owner}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt>
    <rdf:li xml:lang="x-default">{english}</rdf:li>
    <rdf:li xml:lang="vi">{vietnamese}</rdf:li>
   </rdf:Alt></dc:description>
   <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{owner}</rdf:li></rdf:Alt></dc:rights>
   <xmpRights:UsageTerms><rdf:Alt>
    <rdf:li xml:lang="x-default">{terms}</rdf:li>
   </rdf:Alt></xmpRights:UsageTerms>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def exif_segment() -> bytes:
    """Write what the camera knew: itself, the moment, and where it stood."""
    return _segment(
        0xE1,
        piexif.dump(
            {
                "0th": {
                    piexif.ImageIFD.Make: b"Communique Sample Optics",
                    piexif.ImageIFD.Model: b"Harbour 12",
                    piexif.ImageIFD.Orientation: 1,
                    piexif.ImageIFD.DateTime: TAKEN.encode(),
                    piexif.ImageIFD.Artist: OWNER.encode(),
                    piexif.ImageIFD.Copyright: OWNER.encode(),
                    piexif.ImageIFD.ImageDescription: CAPTION["en"].encode(),
                },
                "Exif": {
                    piexif.ExifIFD.DateTimeOriginal: TAKEN.encode(),
                    piexif.ExifIFD.BodySerialNumber: b"000012",
                    piexif.ExifIFD.LensModel: b"35mm F2",
                    piexif.ExifIFD.ExposureTime: (1, 250),
                    piexif.ExifIFD.FNumber: (8, 1),
                },
                "GPS": {
                    piexif.GPSIFD.GPSLatitudeRef: b"N",
                    piexif.GPSIFD.GPSLatitude: LATITUDE,
                    piexif.GPSIFD.GPSLongitudeRef: b"E",
                    piexif.GPSIFD.GPSLongitude: LONGITUDE,
                    piexif.GPSIFD.GPSAltitudeRef: 0,
                    piexif.GPSIFD.GPSAltitude: (12, 1),
                },
            }
        ),
    )


def xmp_segment() -> bytes:
    """Write what the picture desk added, in XMP."""
    packet = XMP.format(
        credit=escape(CREDIT),
        owner=escape(OWNER),
        headline=escape(HEADLINE),
        english=escape(CAPTION["en"]),
        vietnamese=escape(CAPTION["vi"]),
        terms=escape(TERMS),
    )
    return _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode())


def iim_segment() -> bytes:
    """Write what the picture desk added, in IPTC IIM inside a Photoshop resource."""
    datasets = b"".join(
        (
            _dataset(1, 90, b"\x1b%G"),  # says that the rest is UTF-8
            _dataset(2, 0, b"\x00\x04"),
            _dataset(2, 80, OWNER.encode()),
            _dataset(2, 105, HEADLINE.encode()),
            _dataset(2, 110, CREDIT.encode()),
            _dataset(2, 115, OWNER.encode()),
            _dataset(2, 116, OWNER.encode()),
            _dataset(2, 120, CAPTION["vi"].encode()),
        )
    )
    padding = b"\0" * (len(datasets) % 2)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(datasets)) + datasets + padding
    return _segment(0xED, b"Photoshop 3.0\0" + resource)


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
