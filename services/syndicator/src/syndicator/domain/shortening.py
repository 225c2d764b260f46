# SPDX-License-Identifier: EUPL-1.2
"""Cut a text to a length, where a reader would.

Never inside a grapheme, a number or a link; at the end of a sentence if that costs little, else at
the end of a phrase, else of a word. Scripts written without spaces may be cut between graphemes.
"""

from bisect import bisect_right
from collections.abc import Callable

import regex

ELLIPSIS = "…"
SENTENCE_KEEPS = 0.6  # end with a sentence if this share of what fits remains
PHRASE_KEEPS = 0.8

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_SPACE = r"[ \u00a0\u202f]"
_NUMBER = rf"\p{{Nd}}+(?:{_SPACE}\p{{Nd}}{{3}}(?!\p{{Nd}}))*(?:{_SPACE}[%‰°€])?"
_WORD = regex.compile(
    rf"(?={_UNSPACED})\X[\p{{Pe}}\p{{Pf}}\p{{Po}}]*|(?:{_NUMBER}|(?!{_UNSPACED})\S)+"
)
_CLOSERS = r"[\"'”’»)\]」』]*"  # closing quotation marks of many languages
_WIDE_END = r"[。！？]"
_SENTENCE = regex.compile(rf"(?:(?<!\b\p{{L}})\.|[!?…؟।]){_CLOSERS}(?=\s)|{_WIDE_END}{_CLOSERS}")
_PHRASE = regex.compile(r"[,;:،؛)–—](?=\s)|\s[–—](?=\s)|[，；：、]")
_DANGLING = regex.compile(r"[\s\p{Ps}\p{Pi}\p{Pd},;:.،؛，；：、]+$")
_ENDED = regex.compile(rf"[.!?…؟।]{_CLOSERS}$")
_WIDE_ENDED = regex.compile(rf"{_WIDE_END}{_CLOSERS}$")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")

Measure = Callable[[str], int]


def shorten(text: str, limit: int, measure: Measure = len) -> str:
    """Return the text, or as much of it as measures no more than the limit, ending in "…"."""
    whole = text.strip()
    if measure(whole) <= limit:
        return whole
    words = [word.end() for word in _WORD.finditer(whole)]
    fitting = bisect_right(words, limit, key=lambda end: measure(_finished(whole[:end])))
    if fitting == 0:
        return _first_letters(whole[: words[0]], limit, measure)
    last = words[fitting - 1]
    for borders, keeps in ((_SENTENCE, SENTENCE_KEEPS), (_PHRASE, PHRASE_KEEPS)):
        end = _last_border(borders, whole[: last + 1], last)
        if end >= keeps * last and measure(_finished(whole[:end])) <= limit:
            return _finished(whole[:end])
    return _finished(whole[:last])


def _last_border(borders: regex.Pattern[str], text: str, last: int) -> int:
    ends = [border.end() for border in borders.finditer(text) if border.end() <= last]
    return ends[-1] if ends else 0


def _finished(text: str) -> str:
    """End the cut text: a sentence keeps its mark, anything else loses what points on."""
    if _WIDE_ENDED.search(text):
        return text + ELLIPSIS
    if _ENDED.search(text) and _SENTENCE.search(text + " "):
        return f"{text} {ELLIPSIS}"
    return f"{_DANGLING.sub('', text)}{ELLIPSIS}"


def _first_letters(word: str, limit: int, measure: Measure) -> str:
    """Cut inside a word, because not even the first one fits; a number or link is dropped."""
    if not _LETTERS.fullmatch(word):
        return ELLIPSIS
    ends = [grapheme.end() for grapheme in regex.finditer(r"\X", word)]
    fitting = bisect_right(ends, limit, key=lambda end: measure(word[:end] + ELLIPSIS))
    return (word[: ends[fitting - 1]] if fitting else "") + ELLIPSIS
