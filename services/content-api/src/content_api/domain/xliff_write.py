# SPDX-License-Identifier: EUPL-1.2
"""Write a translation as XLIFF 2.1: one unit per segment of the source."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lxml import etree

from content_api.domain.segments import Segment
from content_api.domain.translation import Origin, Row, SegmentState
from content_api.domain.xliff_codes import NAMESPACE, Token, codes_in, tokens_of, write
from content_api.domain.xliff_file import OWN_NOTE, Job, UnitState

_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_SCRIPTS_RIGHT_TO_LEFT: Final = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})
_NAMES: Final = {
    "html": "text",
    "text": "heading",
    "items": "list item",
    "header": "table heading",
    "rows": "table cell",
    "alt": "alternative text of a picture",
}


def write_xliff(job: Job, rows: Sequence[Row], *, origin: Origin | None, public: bool) -> bytes:
    """Write the lines that have a source.

    `origin` is how the translation came about, `public` whether the public sees it as it is.
    """
    root = etree.Element(
        f"{{{NAMESPACE}}}xliff",
        {"version": "2.1", "srcLang": job.source_locale, "trgLang": job.locale},
        nsmap={None: NAMESPACE},  # type: ignore[dict-item]  # None is the default namespace
    )
    file = _child(
        root,
        "file",
        id="f1",
        original=job.original,
        srcDir=direction(job.source_locale),
        trgDir=direction(job.locale),
    )
    file.set(_XML_SPACE, "preserve")
    for row in rows:
        if row.source is not None:
            _unit(file, row.source, row, _state(row, origin, public=public))
    _break_lines(root, file)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def direction(locale: str) -> str:
    """Return which way a language is written."""
    language, *rest = locale.split("-")
    script = next((part for part in rest if len(part) == 4), None)
    right = language in _RIGHT_TO_LEFT if script is None else script in _SCRIPTS_RIGHT_TO_LEFT
    return "rtl" if right else "ltr"


def _state(row: Row, origin: Origin | None, *, public: bool) -> UnitState:
    if row.target is None or row.state is not SegmentState.FRESH:
        return UnitState.INITIAL
    if origin is Origin.MACHINE:
        return UnitState.TRANSLATED
    if public:
        return UnitState.FINAL
    return UnitState.REVIEWED if origin is Origin.CONFIRMED else UnitState.TRANSLATED


def _unit(file: etree._Element, source: Segment, row: Row, state: UnitState) -> None:
    unit = _child(file, "unit", id=source.address, name=_name(source.address))
    _notes(unit, row)
    tokens = tokens_of(source.text, inline=source.inline)
    ours = codes_in(tokens)
    targets: list[Token] = []
    if row.target is not None:
        targets = tokens_of(row.target.text, inline=row.target.inline, like=ours)
    data = _original_data(unit, [*tokens, *targets])
    segment = _child(unit, "segment", id="s1", state=state.value)
    write(_child(segment, "source"), tokens, data)
    if row.target is not None:
        write(_child(segment, "target"), targets, data)


def _original_data(unit: etree._Element, tokens: Iterable[Token]) -> dict[str, str]:
    tags = dict.fromkeys(
        tag
        for code in codes_in(tokens)
        for tag in ((code.start, code.end) if code.paired else (code.start,))
    )
    data = {tag: f"d{number}" for number, tag in enumerate(tags, start=1)}
    if data:
        holder = _child(unit, "originalData")
        for tag, name in data.items():
            _child(holder, "data", id=name).text = tag
    return data


def _notes(unit: etree._Element, row: Row) -> None:
    lines = list(_words(row))
    if lines:
        notes = _child(unit, "notes")
        for number, (category, line) in enumerate(lines, start=1):
            note = _child(notes, "note", id=f"{OWN_NOTE}{number}", category=category)
            note.text = line


def _words(row: Row) -> Iterator[tuple[str, str]]:
    if row.state is SegmentState.CHANGED and row.was is not None:
        yield "change", f"The source has changed. The target was made from: {row.was.text}"


def _name(address: str) -> str:
    path = [part for part in address.split(".") if not part.isdigit()]
    last = next((part for part in path[1:] if part in _NAMES), path[-1])
    return _NAMES.get(last, last.replace("_", " "))


def _child(parent: etree._Element, element: str, /, **words: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{element}", words)


def _break_lines(root: etree._Element, file: etree._Element) -> None:
    """Put each unit on a line of its own; within a unit no space is added."""
    root.text = file.text = file.tail = "\n"
    for unit in file:
        unit.tail = "\n"
