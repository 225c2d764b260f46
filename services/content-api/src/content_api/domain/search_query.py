# SPDX-License-Identifier: EUPL-1.2
"""What somebody looks for: words, "phrases", beginnings*, and -words that must not be there."""

import re
from dataclasses import dataclass
from typing import Final

from communique.errors import InvalidInput
from content_api.domain.bigrams import has_bigrams, is_scripted, spaced

MOST_TERMS: Final = 12
_TERM: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_SOLID: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a text must have, or must not have. Several words stand in this order."""

    text: str
    beginning: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of these terms, in a language; `shown` is what to mark where texts are cut into pairs."""

    locale: str
    terms: tuple[Term, ...]
    shown: tuple[str, ...] = ()


def read_query(text: str, locale: str) -> Query:
    """Read what somebody typed.

    Raises:
        InvalidInput: it names nothing that could be found, or too much.
    """
    terms = tuple(term for match in _TERM.finditer(text) if (term := _term(match)) is not None)
    if all(term.absent for term in terms):
        raise InvalidInput("Check q.", errors={"q": ["Name at least one word to look for."]})
    if len(terms) > MOST_TERMS:
        raise InvalidInput("Check q.", errors={"q": [f"At most {MOST_TERMS} words or phrases."]})
    if not has_bigrams(locale):
        return Query(locale, terms)
    shown = tuple(each.text for each in terms if not each.absent)
    return Query(locale, tuple(map(_in_bigrams, terms)), shown)


def _term(match: re.Match[str]) -> Term | None:
    phrase = match["phrase"]
    text = match["word"] if phrase is None else phrase
    beginning = phrase is None and text.endswith("*")
    text = text.rstrip("*") if beginning else text
    if not _SOLID.search(text):
        return None
    return Term(text.strip(), beginning=beginning, absent=bool(match["minus"]))


def _in_bigrams(term: Term) -> Term:
    """Write a term as it is indexed; a lone character is the beginning of a pair."""
    alone = len(term.text) == 1 and is_scripted(term.text)
    text = spaced(term.text, tail=False).strip()
    return Term(text, beginning=term.beginning or alone, absent=term.absent)
