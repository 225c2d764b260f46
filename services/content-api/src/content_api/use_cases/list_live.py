# SPDX-License-Identifier: EUPL-1.2
"""List what is live, and where its pages are."""

from collections.abc import Mapping
from typing import Final

from content_api.domain.selection import Mark, Selection
from content_api.ports import Deps, Listed

MOST_AT_ONCE: Final = 100


def list_live(wanted: Selection, deps: Deps, *, after: Mark | None, limit: int) -> Listed:
    """Return a page of live articles in the order wanted."""
    return deps.lists.page(wanted, after, min(limit, MOST_AT_ONCE))


def addresses(article_id: str, deps: Deps) -> Mapping[str, str]:
    """Return the slug of every language that is live, for links between them."""
    return deps.sitemap.slugs(article_id)
