# SPDX-License-Identifier: EUPL-1.2
"""XML from outside: no declarations of its own, no entities, no network, bounded depth."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree

from content_api.domain.imports.item import Unreadable

Element = etree._Element  # noqa: SLF001  # lxml has no other name for it
MOST_DEPTH: Final = 64


def elements(document: bytes, wanted: frozenset[str]) -> Iterator[tuple[Element, Element]]:
    """Yield the root and each wanted element, and let go of it afterwards.

    Raises:
        Unreadable: it is no XML, declares a document type, or is nested too deeply.
    """
    events = etree.iterparse(
        BytesIO(document),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    root: Element | None = None
    depth = 0
    try:
        for event, element in events:
            if root is None:
                root = element
                _check_type(root)
            depth += 1 if event == "start" else -1
            if depth > MOST_DEPTH:
                raise Unreadable("the XML is nested too deeply")
            if event == "end" and element.tag in wanted:
                yield root, element
                element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"no XML that can be read: {error}") from error


def text(element: Element, path: str) -> str:
    """Return the text of a child, without white space around; empty when there is none."""
    found = element.find(path)
    return "" if found is None else "".join(map(str, found.itertext())).strip()


def texts(element: Element, path: str) -> tuple[str, ...]:
    """Return the texts of all such children that have any."""
    found = ("".join(map(str, each.itertext())).strip() for each in element.iterfind(path))
    return tuple(each for each in found if each)


def _check_type(root: Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("the XML declares a document type, and so could declare entities")
