# SPDX-License-Identifier: EUPL-1.2
"""Hand out what the press holds in trust. Nothing here is ever kept by a cache."""

from collections.abc import Sequence

from content_api.domain.embargo import Held, HeldState
from content_api.domain.errors import NoLongerHeld, NoSuchArticle
from content_api.ports import Deps


def read_embargoed(article_id: str, deps: Deps) -> Held:
    """Return the latest document that the press may hold.

    Raises:
        NoSuchArticle: the press never held it.
        NoLongerHeld: its embargo has been lifted or cancelled.
    """
    with deps.unit_of_work() as unit:
        held = unit.embargoed.get(article_id)
    if held is None:
        raise NoSuchArticle
    if held.state is not HeldState.HELD:
        raise NoLongerHeld(article_id, held.state)
    return held


def list_embargoed(
    deps: Deps, *, before: str | None, limit: int
) -> tuple[Sequence[Held], str | None]:
    """Return a page of what the press may hold, newest first, and the id to go on from."""
    with deps.unit_of_work() as unit:
        found = unit.embargoed.page(before, limit + 1)
    page = found[:limit]
    return page, page[-1].article.id if len(found) > limit else None
