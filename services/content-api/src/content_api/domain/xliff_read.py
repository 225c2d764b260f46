# SPDX-License-Identifier: EUPL-1.2
"""Read the form of an XLIFF 2 file. What its units say is judged in `xliff_import`."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from content_api.domain.translation_errors import NotXliff
from content_api.domain.xliff_codes import NAMESPACE
from content_api.domain.xliff_file import OWN_NOTE, Job, Unit, UnitState

_NAMES: Final = {"x": NAMESPACE}
_SEGMENT: Final = f"{{{NAMESPACE}}}segment"
_PARTS: Final = frozenset({_SEGMENT, f"{{{NAMESPACE}}}ignorable"})
_VERSIONS: Final = frozenset({"2.0", "2.1"})
_ORDER: Final = list(UnitState)


def read_xliff(content: bytes) -> tuple[Job, list[Unit]]:
    """Return what the file is about, and its units. No entities, no DTD, no network.

    Raises:
        NotXliff: it is not a file of that form.
    """
    root = _parse(content)
    if root.tag != f"{{{NAMESPACE}}}xliff" or root.get("version") not in _VERSIONS:
        raise NotXliff("It is not XLIFF 2.0 or 2.1.")
    files = _all(root, "x:file")
    if len(files) != 1:
        raise NotXliff("It must have exactly one file element.", "/xliff/file")
    original = files[0].get("original", "")
    job = Job.named(original, root.get("srcLang", ""), root.get("trgLang", ""))
    if job is None:
        raise NotXliff("`original` names no article.", "/xliff/file/original")
    units = [_unit(unit) for unit in _all(files[0], ".//x:unit")]
    seen = set()
    for unit in units:
        if unit.id in seen:
            raise NotXliff("The unit is there twice.", f"/units/{unit.id}")
        seen.add(unit.id)
    return job, units


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotXliff(f"It is not well-formed XML: {error.msg}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotXliff("It has a document type declaration.")
    return root


def _unit(unit: etree._Element) -> Unit:
    id_ = unit.get("id", "")
    segments = _all(unit, "x:segment")
    if not segments:
        raise NotXliff("The unit has no segment.", f"/units/{id_}")
    parts = [each for each in unit if each.tag in _PARTS]
    return Unit(
        id=id_,
        state=min((_state(segment, id_) for segment in segments), key=_ORDER.index),
        source=[source for part in parts for source in _all(part, "x:source")],
        target=list(_targets(parts)),
        notes=[
            note.text or ""
            for note in _all(unit, "x:notes/x:note")
            if not note.get("id", "").startswith(OWN_NOTE)
        ],
    )


def _state(segment: etree._Element, unit: str) -> UnitState:
    given = segment.get("state", UnitState.INITIAL.value)
    try:
        state = UnitState(given)
    except ValueError as error:
        raise NotXliff(f"There is no state {given!r}.", f"/units/{unit}") from error
    if state is not UnitState.INITIAL and not _all(segment, "x:target"):
        raise NotXliff(f"It is {given}, but has no target.", f"/units/{unit}")
    return state


def _targets(parts: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield the targets in their order; what is ignorable stands for itself."""
    if not any(_all(part, "x:target") for part in parts if _is_segment(part)):
        return
    placed = []
    for position, part in enumerate(parts, start=1):
        found = _all(part, "x:target") or ([] if _is_segment(part) else _all(part, "x:source"))
        for target in found:
            order = target.get("order", "")
            placed.append((int(order) if order.isdigit() else position, position, target))
    for _, _, target in sorted(placed, key=lambda each: each[:2]):
        yield target


def _is_segment(part: etree._Element) -> bool:
    return part.tag == _SEGMENT


def _all(parent: etree._Element, path: str) -> list[etree._Element]:
    return parent.findall(path, _NAMES)
