# SPDX-License-Identifier: EUPL-1.2
"""Put beside articles what they link to, as it is stored: nothing is written anew.

What is linked is looked up at each reading, so it is always as live as the article itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import orjson

from content_api.domain.finished import WHOLE
from content_api.ports import Deps, Stored


class Expansion(StrEnum):
    """A link that can be followed."""

    RELATED = "related"
    CORRECTS = "corrects"
    SUPERSEDES = "supersedes"


@dataclass(frozen=True, slots=True)
class Expanded:
    """What an article links to; `missing` names what is not live, or not any more."""

    linked: Mapping[Expansion, tuple[Stored, ...]]
    missing: tuple[str, ...]

    @property
    def stored(self) -> tuple[Stored, ...]:
        """Return everything that is given."""
        return tuple(each for found in self.linked.values() for each in found)


def expand(
    items: Sequence[Stored], wanted: Sequence[Expansion], fallback: Sequence[str], deps: Deps
) -> tuple[Expanded, ...]:
    """Return what each article links to, in its language, else the first there is of the fallback.

    Where a linked article is in none of them, its whole document is given.
    """
    links = [_links(item, wanted) for item in items]
    ids = sorted({each for of in links for given in of.values() for each in given})
    locales = sorted({*(item.locale for item in items), *fallback, WHOLE})
    found = {(each.article, each.locale): each for each in deps.lists.linked(ids, locales)}
    return tuple(
        _expanded(of, (item.locale, *fallback, WHOLE), found)
        for item, of in zip(items, links, strict=True)
    )


def _links(item: Stored, wanted: Sequence[Expansion]) -> dict[Expansion, list[str]]:
    links = orjson.loads(item.body)["links"]
    given: dict[Expansion, list[str]] = {}
    for each in dict.fromkeys(wanted):
        named = links[each.value]
        if isinstance(named, list):
            given[each] = named
        else:
            given[each] = [] if named is None else [named]
    return given


def _expanded(
    links: Mapping[Expansion, Sequence[str]],
    locales: Sequence[str],
    found: Mapping[tuple[str, str], Stored],
) -> Expanded:
    linked: dict[Expansion, tuple[Stored, ...]] = {}
    missing: list[str] = []
    for name, articles in links.items():
        known = [_first(article, locales, found) for article in articles]
        linked[name] = tuple(each for each in known if each is not None)
        missing += [article for article, each in zip(articles, known, strict=True) if each is None]
    return Expanded(linked, tuple(dict.fromkeys(missing)))


def _first(
    article: str, locales: Sequence[str], found: Mapping[tuple[str, str], Stored]
) -> Stored | None:
    known = (found.get((article, locale)) for locale in locales)
    return next((each for each in known if each is not None), None)
