# SPDX-License-Identifier: EUPL-1.2
"""Who did what to an article."""

from collections.abc import Sequence

from content_api.ports import AuditLine, Deps


def read_audit(
    article_id: str, deps: Deps, *, before: int | None, limit: int
) -> tuple[Sequence[AuditLine], int | None]:
    """Return a page of acts, newest first, and the position to go on from."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        found = unit.audit.page(article_id, before, limit + 1)
    page = found[:limit]
    return page, page[-1].position if len(found) > limit else None
