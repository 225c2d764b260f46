# SPDX-License-Identifier: EUPL-1.2
"""The mapping file: what the words of a source mean here. What it does not say is a problem."""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from content_api.domain.bodies.findings import Body, NotBlocks
from content_api.domain.bodies.from_html import Leave, from_html
from content_api.domain.bodies.from_markdown import from_markdown
from content_api.domain.imports.front_matter import load_yaml
from content_api.domain.imports.item import Form, SourceItem, Unreadable, Wrong

Table = Mapping[str, str | None]
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A source by name, and what its words mean; null leaves a word out knowingly."""

    source: str
    kind: str
    languages: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    categories: Table = field(default_factory=dict)
    missions: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    authors: Table = field(default_factory=dict)
    pictures: Table = field(default_factory=dict)
    ignore_attributes: tuple[str, ...] = ()

    @property
    def leave(self) -> Leave:
        """Return what a reader of HTML may let go."""
        return Leave(dict(self.pictures), frozenset(self.ignore_attributes), describe=True)


def read_meaning(text: str) -> Meaning:
    """Read a mapping file.

    Raises:
        Unreadable: it is none, or has what nobody reads.
    """
    try:
        return _meaning(load_yaml(text))
    except (Wrong, TypeError) as error:
        raise Unreadable(f"the mapping file: {error}") from error


def _meaning(given: Any) -> Meaning:
    if not isinstance(given, dict):
        raise Wrong("is no mapping")
    unknown = sorted(map(str, set(given) - {each.name for each in fields(Meaning)}))
    if unknown:
        raise Wrong(f"has {', '.join(unknown)}, which nobody reads")
    tables = given.keys() - {"source", "kind", "ignore_attributes"}
    ignored = tuple(given.get("ignore_attributes") or ())
    read = {name: _table(name, given[name]) for name in tables}
    return Meaning(**{**given, **read, "ignore_attributes": ignored})


def to_input(item: SourceItem, meaning: Meaning, notes: list[str]) -> dict[str, Any]:
    """Return the article as a desk would send it; `notes` takes what had to be made up for it.

    Raises:
        NotBlocks: with everything that cannot be kept as it is.
    """
    problems: list[str] = []
    locale = meaning.languages.get(item.language)
    if locale is None:
        problems.append(f"languages does not say what {item.language!r} is")
    byline = _mapped("authors", item.authors, meaning.authors, problems)
    kinds = [meaning.kinds[each] for each in item.categories if each in meaning.kinds]
    if len(set(kinds)) > 1:
        problems.append(f"kinds gives several: {', '.join(sorted(set(kinds)))}")
    slug = _slug(item, problems, notes)
    body = _body(item, meaning, problems)
    topics = _topics(item, meaning, problems)
    if problems or locale is None:
        raise NotBlocks(problems)
    text = {
        "title": item.title,
        "summary": _plain(item.summary, notes),
        "slug": slug,
        "body": body.blocks,
        "keywords": list(item.keywords),
    }
    return {
        "kind": kinds[0] if kinds else meaning.kind,
        "source_locale": locale,
        "topics": topics,
        "missions": _listed(item.categories, meaning.missions),
        "places": _listed(item.categories, meaning.places),
        "byline": ", ".join(byline) or None,
        "media": [_use(picture, locale) for picture in body.pictures],
        "locales": {locale: text},
    }


def _table(name: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(
        isinstance(key, str) and (each is None or isinstance(each, str))
        for key, each in value.items()
    ):
        raise Wrong(f"{name} is no table of texts")
    return value


def _topics(item: SourceItem, meaning: Meaning, problems: list[str]) -> list[str]:
    said = [meaning.kinds, meaning.missions, meaning.places]
    left = [each for each in item.categories if not any(each in table for table in said)]
    also = [each for each in item.categories if each in meaning.categories and each not in left]
    return _mapped("categories", [*left, *also], meaning.categories, problems)


def _mapped(name: str, words: Iterable[str], table: Table, problems: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if word not in table:
            problems.append(f"{name} does not say what {word!r} is")
            continue
        meant = table[word]
        if meant is not None and meant not in found:
            found.append(meant)
    return found


def _listed(words: Iterable[str], table: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(table[word] for word in words if word in table))


def _slug(item: SourceItem, problems: list[str], notes: list[str]) -> str:
    if item.slug is not None and _SLUG.fullmatch(item.slug):
        return item.slug
    made = slug_of(item.slug or item.title)
    if made:
        notes.append(f"its address is made from {'its slug' if item.slug else 'its title'}: {made}")
    else:
        problems.append("no address can be made from slug or title; give it one at the source")
    return made


def slug_of(text: str) -> str:
    """Return the address that a title in Latin letters has; empty for others."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    if any(each.isalpha() and not each.isascii() for each in letters):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:120].rstrip("-")


def _body(item: SourceItem, meaning: Meaning, problems: list[str]) -> Body:
    try:
        if item.form is Form.HTML:
            return from_html(item.text, meaning.leave)
        return Body(from_markdown(item.text))
    except NotBlocks as error:
        problems += error.findings
        return Body(())


def _plain(summary: str | None, notes: list[str]) -> str | None:
    if summary is None:
        return None
    plain = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", summary)).split())
    if plain != " ".join(summary.split()):
        notes.append("its summary is plain text now")
    return plain or None


def _use(picture: Any, locale: str) -> dict[str, Any]:
    return {
        "asset": picture.asset,
        "role": "inline",
        "alt": {locale: picture.alt} if picture.alt else {},
        "caption": {locale: picture.caption} if picture.caption else {},
    }
