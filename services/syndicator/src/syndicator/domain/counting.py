# SPDX-License-Identifier: EUPL-1.2
"""How the platforms count: what is one character differs between them.

Where a text is odd, a count is rather too high than too low: a post that is refused is worse
than one that is cut a word early.
"""

import unicodedata

import regex

GRAPHEME = regex.compile(r"\X")

# X, twitter-text configuration version 3: code points in these ranges weigh 1, all others 2.
# Vietnamese letters with two marks (U+1E00 to U+1EFF) are among the others.
X_LIGHT = regex.compile(r"[\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")
X_LINK = 23
X_EMOJI = 2

# A link is one only under a top-level domain that X knows. Two letters are a country; of the
# others we trust these, and weigh the rest by whichever is more.
X_ENDINGS = frozenset({"asia", "com", "edu", "gov", "info", "int", "mil", "net", "news", "org"})

_PATH_END = r"\p{Latin}\p{Cyrillic}0-9_/=#&-"
_PATH = rf"(?::\d+)?(?:[/?](?:[{_PATH_END}.?%~+;:!*'@$,]*[{_PATH_END}])?)?"
_HOST = r"(?:[\p{Latin}\p{Cyrillic}0-9_-]+\.)+(?P<ending>\p{L}{2,})(?![\p{L}0-9])"
_BARE_HOST = r"(?<![@#$\p{Latin}0-9])(?:[\p{Latin}0-9_-]+\.)+[a-z]{2,}(?![a-z0-9@])"
_TOKENS = regex.compile(
    rf"(?P<link>https?://{_HOST}{_PATH})|(?P<domain>{_BARE_HOST}{_PATH})|\X", regex.IGNORECASE
)
_PICTOGRAPH = r"\p{Extended_Pictographic}[\ufe0f\U0001F3FB-\U0001F3FF]?"
_EMOJI = regex.compile(
    rf"\p{{Regional_Indicator}}{{2}}|[#*0-9]\ufe0f?\u20e3"
    rf"|{_PICTOGRAPH}(?:\u200d{_PICTOGRAPH})*[\U000E0020-\U000E007F]*"
)


def graphemes(text: str) -> int:
    """Count what a reader calls characters."""
    return sum(1 for _ in GRAPHEME.finditer(text))


def utf16_units(text: str) -> int:
    """Count as JavaScript and Java do: two for what lies outside the basic plane."""
    return len(text.encode("utf-16-le")) // 2


def x_weight(text: str) -> int:
    """Count as X does: NFC, letters by range, a link 23, an emoji sequence 2."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return sum(map(_token_weight, _TOKENS.finditer(normal)))


def _token_weight(token: regex.Match[str]) -> int:
    whole = token[0]
    if token["link"] and (len(token["ending"]) == 2 or token["ending"].lower() in X_ENDINGS):
        return X_LINK
    if token["link"] or token["domain"]:
        return max(X_LINK, _letters_weight(whole))
    return X_EMOJI if _EMOJI.fullmatch(whole) else _letters_weight(whole)


def _letters_weight(text: str) -> int:
    return sum(1 if X_LIGHT.match(letter) else 2 for letter in text)
