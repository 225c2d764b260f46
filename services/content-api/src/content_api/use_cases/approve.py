# SPDX-License-Identifier: EUPL-1.2
"""Approve the current draft, as somebody who has not written it."""

from content_api.domain.desk_article import DeskArticle
from content_api.domain.four_eyes import check_four_eyes
from content_api.ports import Deps


def approve(article_id: str, deps: Deps, *, caller: str, seen: int) -> DeskArticle:
    """Approve the draft that was seen; approving an approved one changes nothing.

    Raises:
        NoSuchArticle, Stale, NotNow: it cannot be approved.
        FourEyes: the caller wrote it, or one since the last approval.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        approved = current.approve(caller, unit.now())
        if current.approved:
            return current
        authors = unit.drafts.authors(article_id, after=current.approved_draft or 0)
        check_four_eyes(caller, authors)
        unit.articles.save(approved)
        unit.audit.add(caller, "approve", article_id, {"draft": seen})
        return approved
