# SPDX-License-Identifier: EUPL-1.2
"""HTML as a tree that remembers lines. Broken nesting is found, not repaired."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from content_api.domain.bodies.findings import Findings

MOST_DEPTH: Final = 60
VOID: Final = frozenset({"br", "hr", "img", "wbr", "input", "source", "col", "embed", "link"})
BLOCKS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "hr", "figure"}
    | {"div", "section", "article", "main", "header", "footer", "pre", "dl", "aside", "nav"}
)
_RUNNING: Final = frozenset({"a", "b", "em", "i", "p", "span", "strong", "sub", "sup"})
_CUT_OFF: Final = re.compile(r"<[a-zA-Z/!?][^>]*\Z")
#: What the start of an element ends, where HTML lets the end tag away.
_ENDS: Final = {
    **dict.fromkeys(BLOCKS, frozenset({"p"})),
    "li": frozenset({"li", "p"}),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "p"})),
    "tr": frozenset({"td", "th", "tr", "p"}),
    **dict.fromkeys(("tbody", "tfoot"), frozenset({"td", "th", "tr", "tbody", "thead"})),
}
_OPTIONAL: Final = frozenset({"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot"})


@dataclass(slots=True)
class Element:
    """One element: its name, attributes, line, and what stands in it."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def elements(self) -> Iterator["Element"]:
        """Yield the elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def text(self) -> str:
        """Return all text in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def blank(self) -> bool:
        """Tell whether it shows nothing at all."""
        return all(
            not child.strip() if isinstance(child, str) else child.tag == "br" or child.hollow()
            for child in self.children
        )

    def hollow(self) -> bool:
        """Tell whether it is running text, or a paragraph of it, with nothing to see in it."""
        return self.tag in _RUNNING and self.blank()


def parse(html: str, findings: Findings) -> Element:
    """Return the tree under a root element; broken nesting goes to the findings."""
    builder = _Builder(findings)
    builder.feed(html)
    builder.close()
    builder.end()
    if _CUT_OFF.search(html[html.rfind("<") :]):
        findings.add(html.count("\n") + 1, "the text ends inside a tag.")
    return builder.root


class _Builder(HTMLParser):
    def __init__(self, findings: Findings) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body", 1)
        self._open = [self.root]
        self._findings = findings

    def end(self) -> None:
        for element in self._open[1:]:
            if element.tag not in _OPTIONAL:
                self._findings.add(element.line, f"<{element.tag}> is never closed.")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ends = _ENDS.get(tag, frozenset())
        while self._open[-1].tag in ends and self._open[-1] is not self.root:
            closed = self._open.pop().tag
            if closed == tag and closed != "p":
                break
        element = Element(tag, self._line, {name: value or "" for name, value in attrs})
        if len({name for name, _ in attrs}) < len(attrs):
            self._findings.add(self._line, f"<{tag}> has an attribute twice.")
        if len(self._open) > MOST_DEPTH:
            self._findings.add(self._line, f"<{tag}> is nested too deeply.")
            return
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while len(self._open) > 1 and self._open[-1].tag != tag:
            if self._open[-1].tag not in _OPTIONAL or not self._is_open(tag):
                self._findings.add(self._line, f"</{tag}> closes nothing that is open here.")
                return
            self._open.pop()
        if len(self._open) == 1:
            self._findings.add(self._line, f"</{tag}> closes nothing that is open here.")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        self._findings.add(self._line, f"a comment ({data.strip()[:30]!r}) has no block of ours.")

    def handle_decl(self, decl: str) -> None:
        self._findings.add(self._line, f"a declaration ({decl[:30]!r}) has no block of ours.")

    def handle_pi(self, data: str) -> None:
        self._findings.add(self._line, f"an instruction ({data[:30]!r}) has no block of ours.")

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def _is_open(self, tag: str) -> bool:
        return any(element.tag == tag for element in self._open[1:])

    @property
    def _line(self) -> int:
        return self.getpos()[0]
