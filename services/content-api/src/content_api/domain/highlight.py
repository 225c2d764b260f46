# SPDX-License-Identifier: EUPL-1.2
"""Show what was found: safe HTML, with `<mark>` around it and nothing else but text."""

import html
from collections.abc import Sequence
from typing import Final

#: Around what was found, in plain text; no text of ours may hold them.
BEGIN: Final = "\x02"
END: Final = "\x03"
_AROUND: Final = 60


def marked(text: str) -> str:
    """Return plain text with BEGIN and END as HTML."""
    return html.escape(text, quote=False).replace(BEGIN, "<mark>").replace(END, "</mark>")


def mark_strings(text: str, wanted: Sequence[str]) -> str:
    """Put BEGIN and END around every occurrence of these strings."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    hit = [False] * len(text)
    for each in wanted:
        at = lower.find(each.lower())
        while each and at >= 0:
            hit[at : at + len(each)] = [True] * len(each)
            at = lower.find(each.lower(), at + 1)
    parts: list[str] = []
    for place, letter in enumerate(text):
        before = place > 0 and hit[place - 1]
        if hit[place] != before:
            parts.append(BEGIN if hit[place] else END)
        parts.append(letter)
    return "".join(parts) + (END if hit and hit[-1] else "")


def snippet(text: str) -> str:
    """Return the surroundings of the first mark, or the beginning."""
    at = max(text.find(BEGIN), 0)
    begin, end = max(at - _AROUND, 0), at + 2 * _AROUND
    cut = text[begin:end]
    if cut.count(BEGIN) > cut.count(END):
        cut += END
    return ("… " if begin else "") + cut.lstrip(END) + (" …" if end < len(text) else "")
