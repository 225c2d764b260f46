# SPDX-License-Identifier: EUPL-1.2
"""Inline HTML, which was sanitised at the entrance: made absolute, or made plain."""

import re
from urllib.parse import urljoin

from lxml import etree, html

# Everything that XML 1.0 has no character for; JSON and HTML lose nothing by it either.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_SPACES = re.compile(r"[ \t\r\n]+")
_WRAPPER = "span"


def printable(text: str) -> str:
    """Drop the control characters and lone surrogates that XML forbids."""
    return _FORBIDDEN.sub("", text)


def as_text(inline: str) -> str:
    """Return inline HTML as plain text; a line break stays one."""
    clean = _SPACES.sub(" ", printable(inline))
    if "<" not in clean and "&" not in clean:
        return clean.strip()
    root = html.fragment_fromstring(clean, create_parent=_WRAPPER)
    for line_break in root.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    lines = "".join(map(str, root.itertext())).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def as_html(inline: str, base: str) -> str:
    """Return inline HTML well-formed, with absolute links."""
    clean = printable(inline)
    if "<" not in clean:
        return clean
    root = html.fragment_fromstring(clean, create_parent=_WRAPPER)
    for link in root.iter("a"):
        href = link.get("href")
        if href is not None:
            link.set("href", urljoin(base, href))
    whole = etree.tostring(root, encoding="unicode", method="html")
    return whole[whole.index(">") + 1 : whole.rindex("</")]
