# SPDX-License-Identifier: EUPL-1.2
"""A table of HTML to a table of ours: rows of cells, at most one row of headings, on top."""

from collections.abc import Callable, Iterator
from typing import Final

from communique.events.article import Table
from content_api.domain.bodies.findings import Findings
from content_api.domain.bodies.html_tree import Element

_PARTS: Final = frozenset({"thead", "tbody", "tfoot"})


def read_table(
    element: Element,
    *,
    cell: Callable[[Element], str],
    plain: Callable[[Element, str], str],
    check: Callable[[Element, frozenset[str]], None],
    findings: Findings,
) -> Table | None:
    """Return the table; what it cannot show goes to the findings."""
    rows: list[tuple[str, ...]] = []
    header: tuple[str, ...] = ()
    caption = None
    for part in _inside(element, findings):
        check(part, frozenset())
        if part.tag == "caption":
            caption = plain(part, "a caption") or None
        elif part.tag == "tr":
            cells = list(_cells(part, check, findings))
            titles = {each.tag for each in cells} == {"th"}
            if titles and not rows and not header:
                header = tuple(map(cell, cells))
                continue
            if any(each.tag == "th" for each in cells):
                findings.add(part.line, "<th> stands in the first row of a table only.")
            rows.append(tuple(map(cell, cells)))
    if not rows:
        findings.add(element.line, "<table> has a row beside its header.")
        return None
    return Table(tuple(rows), header, caption)


def _inside(element: Element, findings: Findings) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                findings.add(element.line, "<table> holds text outside its cells.")
        elif child.tag in _PARTS:
            yield from _inside(child, findings)
        elif child.tag in {"tr", "caption"}:
            yield child
        else:
            findings.add(child.line, f"<{child.tag}> in <table> has no place of ours.")


def _cells(
    row: Element, check: Callable[[Element, frozenset[str]], None], findings: Findings
) -> Iterator[Element]:
    for child in row.children:
        if isinstance(child, str):
            if child.strip():
                findings.add(row.line, "<tr> holds text outside its cells.")
        elif child.tag in {"td", "th"}:
            check(child, frozenset({"scope"} if child.tag == "th" else ()))
            yield child
        else:
            findings.add(child.line, f"<{child.tag}> in <tr> is no cell.")
