# SPDX-License-Identifier: EUPL-1.2
"""Texts without spaces between words (Chinese, Japanese), cut into overlapping pairs."""

import re
from typing import Final

_LANGUAGES: Final = frozenset({"zh", "ja"})
_RUN: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def has_bigrams(locale: str) -> bool:
    """Tell whether texts in this language are cut into pairs."""
    return locale.partition("-")[0] in _LANGUAGES


def is_scripted(text: str) -> bool:
    """Tell whether it is written in such a script alone."""
    return _RUN.fullmatch(text) is not None


def spaced(text: str, *, tail: bool) -> str:
    """Return the text with each run as pairs; `tail` adds its last character alone.

    With the tail every character of a text begins a word, and so can be found alone. A query has
    none: its pairs then follow each other in a text just as they do in the query.
    """

    def cut(match: re.Match[str]) -> str:
        run = match[0]
        pairs = [run[at : at + 2] for at in range(len(run) - 1)]
        if tail or not pairs:
            pairs.append(run[-1])
        return f" {' '.join(pairs)} "

    return _RUN.sub(cut, text)
