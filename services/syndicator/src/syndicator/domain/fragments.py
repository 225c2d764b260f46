# SPDX-License-Identifier: EUPL-1.2
"""Pieces of XML that are stored, and joined later without being parsed.

A piece relies on the prefixes that the root of its format declares, so it declares none itself.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from syndicator.domain.inline import printable

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def add(
    parent: etree._Element,
    tag: str,
    text: str | None = None,
    attributes: Mapping[str, str | None] | None = None,
) -> etree._Element:
    """Append a child; attributes that are None are left out."""
    child = etree.SubElement(parent, tag)
    for name, value in (attributes or {}).items():
        if value is not None:
            child.set(name, printable(value))
    if text is not None:
        child.text = printable(text)
    return child


def inner(root: etree._Element) -> bytes:
    """Serialise what is inside a root, without the declarations that stand on the root."""
    whole = etree.tostring(root, encoding="utf-8")
    return whole[whole.index(b">") + 1 : whole.rindex(b"</")] + b"\n"


def head(root: etree._Element, closing: bytes) -> bytes:
    """Serialise a root with its head filled, without its closing tags."""
    return etree.tostring(root, encoding="utf-8", xml_declaration=True).removesuffix(closing)


def splice(opened: bytes, entries: Sequence[bytes], closing: bytes) -> bytes:
    """Put entries between a head and its closing tags."""
    return b"".join([opened, b"\n", *entries, closing, b"\n"])


def rfc3339(moment: datetime) -> str:
    """Write a time as Atom, JSON Feed and ninjs want it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def rfc822(moment: datetime) -> str:
    """Write a time as RSS wants it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)
