# SPDX-License-Identifier: EUPL-1.2
"""Inline HTML as XLIFF inline codes, and back. A translator can move a code, never rewrite it."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from lxml import etree

from content_api.domain.translation_errors import BrokenCodes

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_TYPES: Final[Mapping[str, tuple[str, str | None]]] = {
    "a": ("link", None),
    "br": ("fmt", "xlf:lb"),
    "em": ("fmt", "xlf:i"),
    "strong": ("fmt", "xlf:b"),
    "sub": ("fmt", "html:sub"),
    "sup": ("fmt", "html:sup"),
    "span": ("other", "html:span"),
}
#: What XML cannot hold; a character reference may have brought it in.
_NOT_XML: Final = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff])")
_ANNOTATIONS: Final = frozenset({"mrk", "sm", "em"})


@dataclass(frozen=True, slots=True)
class Code:
    """A pair of tags, or one tag that stands alone."""

    id: str
    tag: str
    start: str

    @property
    def paired(self) -> bool:
        """Tell whether it has an end."""
        return self.tag != "br"

    @property
    def end(self) -> str:
        """Return the closing tag."""
        return f"</{self.tag}>"

    @property
    def needed(self) -> bool:
        """Tell whether a translation must have it: nobody may lose a link."""
        return self.tag == "a"


#: A text, or the start or the end of a code.
Token = tuple[str, str | Code]


def tokens_of(text: str, *, inline: bool, like: Iterable[Code] = ()) -> list[Token]:
    """Split a segment; codes that are also in `like` get the same ids, others go on counting."""
    if not inline:
        return [("text", text)]
    reader = _Reader(like)
    reader.feed(text)
    reader.close()
    return reader.tokens


def codes_in(tokens: Iterable[Token]) -> tuple[Code, ...]:
    """Return the codes in the order of their starts."""
    return tuple(
        what for kind, what in tokens if kind in {"start", "alone"} and isinstance(what, Code)
    )


def write(parent: etree._Element, tokens: Sequence[Token], data: Mapping[str, str]) -> None:
    """Write a segment into `source` or `target`; `data` names original data by its text."""
    places = [parent]
    for kind, what in tokens:
        if isinstance(what, str):
            for index, part in enumerate(_NOT_XML.split(what)):
                if index % 2:
                    hex_ = f"{ord(part):04X}"
                    etree.SubElement(places[-1], f"{{{NAMESPACE}}}cp", {"hex": hex_})
                else:
                    _append(places[-1], part)
        elif kind == "end":
            places.pop()
        else:
            made = _element(places[-1], what, data)
            if kind == "start":
                places.append(made)


def read(elements: Sequence[etree._Element], known: Iterable[Code]) -> tuple[str, list[Code]]:
    """Return the HTML of `source` or `target` elements, one after the other, and its codes.

    Raises:
        BrokenCodes: a code is unknown, doubled, crossed, or of another form.
    """
    reading = _Reading({code.id: code for code in known})
    for element in elements:
        reading.content(element)
    if reading.open:
        raise BrokenCodes(f"Code {reading.open[-1].id} is not closed.")
    return "".join(reading.parts), reading.seen


def text_of(elements: Sequence[etree._Element]) -> str:
    """Return the plain text of elements of a segment that has no codes.

    Raises:
        BrokenCodes: it has some.
    """
    read_, codes = read(elements, ())
    if codes:
        raise BrokenCodes("Has inline codes, but is plain text.")
    return html.unescape(read_)


def _element(parent: etree._Element, code: Code, data: Mapping[str, str]) -> etree._Element:
    kind, detail = _TYPES[code.tag]
    words = {"id": code.id, "canCopy": "no"}
    if code.needed:
        words["canDelete"] = "no"
    words["type"] = kind
    if detail is not None:
        words["subType"] = detail
    if code.paired:
        words |= {"dataRefStart": data[code.start], "dataRefEnd": data[code.end]}
    else:
        words["dataRef"] = data[code.start]
    name = "pc" if code.paired else "ph"
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", words)


def _append(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _character(hex_: str) -> str:
    if not re.fullmatch("[0-9A-Fa-f]{4,6}", hex_) or not _NOT_XML.fullmatch(chr(int(hex_, 16))):
        raise BrokenCodes(f"{hex_!r} is no character that needs a cp.")
    return chr(int(hex_, 16))


class _Reader(HTMLParser):
    """Splits the HTML that we keep, which is well formed."""

    def __init__(self, like: Iterable[Code]) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []
        self._free = list(like)
        self._next = len(self._free) + 1
        self._open: list[Code] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        code = self._code(tag, str(self.get_starttag_text()))
        if code.paired:
            self._open.append(code)
        self.tokens.append(("start" if code.paired else "alone", code))

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.tokens.append(("end", self._open.pop()))

    def handle_data(self, data: str) -> None:
        self.tokens.append(("text", data))

    def _code(self, tag: str, start: str) -> Code:
        for code in self._free:
            if code.start == start:
                self._free.remove(code)
                return code
        self._next += 1
        return Code(str(self._next - 1), tag, start)


class _Reading:
    """Puts together HTML from elements, and checks each code on the way."""

    def __init__(self, known: Mapping[str, Code]) -> None:
        self._known = known
        self.parts: list[str] = []
        self.open: list[Code] = []
        self.seen: list[Code] = []

    def content(self, element: etree._Element) -> None:
        self._text(element.text)
        for child in element:
            self._child(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        self.parts.append(html.escape(text or "", quote=False))

    def _child(self, child: etree._Element) -> None:
        name = etree.QName(child)
        if name.namespace != NAMESPACE:
            raise BrokenCodes("Has an element that is no inline code.")
        if name.localname in _ANNOTATIONS:
            self.content(child)
        elif name.localname == "cp":
            self._text(_character(child.get("hex", "")))
        elif name.localname == "pc":
            self._start(child, paired=True)
            self.content(child)
            self._end(child.get("id", ""))
        elif name.localname == "sc":
            self._start(child, paired=True)
        elif name.localname == "ec":
            self._end(child.get("startRef", child.get("id", "")))
        elif name.localname == "ph":
            self._start(child, paired=False)
        else:
            raise BrokenCodes(f"Has a {name.localname}, which we do not take.")

    def _start(self, element: etree._Element, *, paired: bool) -> None:
        id_ = element.get("id", "")
        code = self._known.get(id_)
        if code is None or code.paired is not paired:
            raise BrokenCodes(f"Code {id_!r} is not one of this unit.")
        if code in self.seen:
            raise BrokenCodes(f"Code {id_} is there twice.")
        self.seen.append(code)
        self.parts.append(code.start)
        if paired:
            self.open.append(code)

    def _end(self, id_: str) -> None:
        if not self.open or self.open[-1].id != id_:
            raise BrokenCodes(f"Code {id_!r} is crossed with another, or was never opened.")
        self.parts.append(self.open.pop().end)
