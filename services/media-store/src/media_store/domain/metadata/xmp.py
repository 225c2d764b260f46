# SPDX-License-Identifier: EUPL-1.2
"""XMP: the packet of RDF that modern pictures carry; read from originals, written to renditions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from media_store.domain.texts import UNDETERMINED, Texts

_X: Final = "adobe:ns:meta/"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"
_RIGHTS: Final = "http://ns.adobe.com/xap/1.0/rights/"
_IPTC: Final = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DEFAULT: Final = "x-default"
_MOST_BYTES: Final = 64_000  # a JPEG segment holds 65,502 bytes of XMP
_PREFIXES: Final = {
    "rdf": _RDF,
    "dc": _DC,
    "photoshop": _PHOTOSHOP,
    "xmpRights": _RIGHTS,
    "Iptc4xmpCore": _IPTC,
}
_BEGIN: Final = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
_END: Final = b'\n<?xpacket end="r"?>'


def read(packet: bytes) -> Texts:
    """Return the texts of a packet; a broken one has none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(packet.strip(b"\x00 \r\n\t\xef\xbb\xbf"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return Texts()
    usage = _by_locale(root, _RIGHTS, "UsageTerms")
    rights = _by_locale(root, _DC, "rights")
    return Texts(
        credit=_simple(root, _PHOTOSHOP, "Credit"),
        rights=_first(rights) or _first(usage),
        creator=", ".join(_items(root, _DC, "creator")) or None,
        caption=_by_locale(root, _DC, "description"),
        alt=_by_locale(root, _IPTC, "AltTextAccessibility"),
    )


def write(texts: Texts) -> bytes:
    """Write a packet with these texts and nothing else, small enough for one JPEG segment."""
    packet = _packet(texts)
    if len(packet) <= _MOST_BYTES:
        return packet
    return _packet(replace(texts, alt={}, caption=dict(list(texts.caption.items())[:1])))


def _packet(texts: Texts) -> bytes:
    meta = etree.Element(f"{{{_X}}}xmpmeta", nsmap={"x": _X})
    rdf = etree.SubElement(meta, f"{{{_RDF}}}RDF", nsmap=_PREFIXES)
    description = etree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    if texts.credit:
        etree.SubElement(description, f"{{{_PHOTOSHOP}}}Credit").text = texts.credit
    if texts.creator:
        _list(description, f"{{{_DC}}}creator", "Seq", [(None, texts.creator)])
    if texts.rights:
        only = {UNDETERMINED: texts.rights}
        _alternatives(description, f"{{{_DC}}}rights", only)
        _alternatives(description, f"{{{_RIGHTS}}}UsageTerms", only)
        etree.SubElement(description, f"{{{_RIGHTS}}}Marked").text = "True"
    _alternatives(description, f"{{{_DC}}}description", texts.caption)
    _alternatives(description, f"{{{_IPTC}}}AltTextAccessibility", texts.alt)
    return _BEGIN + etree.tostring(meta, encoding="utf-8") + _END


def _alternatives(parent: etree._Element, name: str, texts: Mapping[str, str]) -> None:
    if not texts:
        return
    default = texts.get(UNDETERMINED) or next(iter(texts.values()))
    named = [(locale, text) for locale, text in texts.items() if locale != UNDETERMINED]
    _list(parent, name, "Alt", [(_DEFAULT, default), *named])


def _list(
    parent: etree._Element, name: str, container: str, items: list[tuple[str | None, str]]
) -> None:
    holder = etree.SubElement(etree.SubElement(parent, name), f"{{{_RDF}}}{container}")
    for locale, text in items:
        item = etree.SubElement(holder, f"{{{_RDF}}}li", {_LANG: locale} if locale else {})
        item.text = text


def _simple(root: etree._Element, namespace: str, name: str) -> str | None:
    """Return a plain property, written as an element or as an attribute of rdf:Description."""
    for description in root.iter(f"{{{_RDF}}}Description"):
        value = description.get(f"{{{namespace}}}{name}")
        value = value or description.findtext(f"{{{namespace}}}{name}")
        if value and value.strip():
            return value.strip()
    return None


def _items(root: etree._Element, namespace: str, name: str) -> list[str]:
    found = root.find(f".//{{{namespace}}}{name}")
    if found is None:
        return []
    return [item.text.strip() for item in found.iter(f"{{{_RDF}}}li") if item.text]


def _by_locale(root: etree._Element, namespace: str, name: str) -> dict[str, str]:
    found = root.find(f".//{{{namespace}}}{name}")
    if found is None:
        return {}
    texts = {
        item.get(_LANG, _DEFAULT): item.text.strip()
        for item in found.iter(f"{{{_RDF}}}li")
        if item.text and item.text.strip()
    }
    default = texts.pop(_DEFAULT, None)
    if default and default not in texts.values():
        texts[UNDETERMINED] = default
    return texts


def _first(texts: Mapping[str, str]) -> str | None:
    return texts.get(UNDETERMINED) or next(iter(texts.values()), None)
