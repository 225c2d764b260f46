# SPDX-License-Identifier: EUPL-1.2
"""Translate nothing, but mark every word: for tests, and for trying out the way of a text."""

import re
from collections.abc import Sequence
from typing import Final

from content_api.domain.segments import Segment

#: Tags and references stay as they are; words are runs of letters and marks.
_TOKEN: Final = re.compile(r"<[^<>]*>|&[#\w]+;|\w+")


class MarkingTranslator:
    """Put a dot after every word; the same text always gives the same text."""

    name: str = "marking"

    def translate(self, segments: Sequence[Segment], *, source: str, target: str) -> Sequence[str]:
        """Return the texts with their words marked."""
        del source, target
        return [_marked(segment) for segment in segments]


def _marked(segment: Segment) -> str:
    def mark(match: re.Match[str]) -> str:
        token = match[0]
        kept = segment.inline and token[0] in "<&"
        return token if kept else f"{token}·"

    return _TOKEN.sub(mark, segment.text)[: None if segment.inline else segment.most]
