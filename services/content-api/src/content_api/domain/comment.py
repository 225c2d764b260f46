# SPDX-License-Identifier: EUPL-1.2
"""Remarks on a draft, fastened to a language, a field, a block, or words in it.

A block is known by the hash of its content, so a remark stays with it when blocks are moved or
other blocks change. When the block itself has changed, words that were quoted may still stand
somewhere in the text; otherwise the remark is outdated, and shows what it was about.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from communique.errors import InvalidInput, NotFound
from content_api.domain.inline_diff import words_of_html

FIELDS: Final = ("title", "short_title", "summary")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """Where somebody wants to put a remark: on the current draft, as they see it."""

    locale: str
    block: int | None = None
    field: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a remark was put: `hash` and `text` are of the block or field at that time."""

    locale: str
    draft: int
    block: int | None = None
    field: str | None = None
    quote: str | None = None
    hash: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark, or an answer to one (`thread`). A thread is resolved at its first remark."""

    id: str
    article: str
    author: str
    at: datetime
    text: str
    thread: str | None = None
    anchor: Anchor | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a remark stands in the current draft: the block's present place, or outdated."""

    outdated: bool
    block: int | None = None


class NoSuchComment(NotFound):
    """The article has no such thread of comments."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such comment.")


def anchor(wish: Wish, draft: int, document: Json) -> Anchor:
    """Fasten a remark to a draft.

    Raises:
        InvalidInput: naming what of the wish is not in the draft.
    """
    localization = document["locales"].get(wish.locale)
    if localization is None:
        raise _wrong("locale", "The draft has no such language.")
    if wish.block is not None and wish.field is not None:
        raise _wrong("field", "Name a block or a field, not both.")
    target = _target(wish, localization)
    if wish.quote is not None and (target is None or wish.quote not in plain(target)):
        raise _wrong("quote", "Does not stand there; name the block or field that has it.")
    if target is None:
        return Anchor(wish.locale, draft)
    return Anchor(
        wish.locale, draft, wish.block, wish.field, wish.quote, _hash(target), plain(target)
    )


def place(fastened: Anchor, document: Json) -> Placed:
    """Tell where a remark stands in a draft."""
    localization = document["locales"].get(fastened.locale)
    if localization is None:
        return Placed(outdated=True)
    if fastened.field is not None:
        return Placed(outdated=not _still(fastened, localization.get(fastened.field)))
    if fastened.block is None:
        return Placed(outdated=False)
    found = _find(fastened, localization["body"])
    return Placed(outdated=found is None, block=found)


def plain(part: Any) -> str:
    """Return the text of a block or field without its markup, to quote from."""
    if isinstance(part, str):
        return part
    shown = [_unmarked(part[name]) for name in _HTML if name in part]
    return " ".join([*shown, *(part[name] for name in _PLAIN if part.get(name))])


_HTML: Final = ("html", "items", "header", "rows")
_PLAIN: Final = ("text", "attribution", "caption", "title", "url")


def _unmarked(part: Any) -> str:
    if isinstance(part, str):
        return "".join(word.text for word in words_of_html(part))
    return " ".join(_unmarked(each) for each in part)


def _target(wish: Wish, localization: Json) -> Any:
    if wish.field is not None:
        if localization.get(wish.field) is None:
            raise _wrong("field", "The draft has nothing there.")
        return localization[wish.field]
    if wish.block is None:
        return None
    if wish.block >= len(localization["body"]):
        raise _wrong("block", "The draft has no such block.")
    return localization["body"][wish.block]


def _find(fastened: Anchor, body: Sequence[Json]) -> int | None:
    same = [index for index, block in enumerate(body) if _hash(block) == fastened.hash]
    quoting = [
        index
        for index, block in enumerate(body)
        if fastened.quote is not None and fastened.quote in plain(block)
    ]
    origin = fastened.block or 0
    return min(same or quoting, key=lambda index: abs(index - origin), default=None)


def _still(fastened: Anchor, text: str | None) -> bool:
    if text is None:
        return False
    return _hash(text) == fastened.hash or (
        fastened.quote is not None and fastened.quote in plain(text)
    )


def _hash(part: Any) -> str:
    return hashlib.sha256(orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _wrong(name: str, message: str) -> InvalidInput:
    return InvalidInput("The comment cannot be put there.", errors={f"/anchor/{name}": [message]})
