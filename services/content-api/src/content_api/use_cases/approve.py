# SPDX-License-Identifier: EUPL-1.2
"""Approve the current draft, as somebody who has not written it."""

from content_api.domain.desk_article import DeskArticle
from content_api.domain.four_eyes import check_four_eyes
from content_api.ports import Deps
from content_api.use_cases.check_terms import refuse_forbidden_terms
from content_api.use_cases.keep_schedule import keep_schedule
from content_api.use_cases.refuse_machine_only import refuse_machine_only


def approve(article_id: str, deps: Deps, *, caller: str, seen: int) -> DeskArticle:
    """Approve the draft that was seen; approving an approved one changes nothing.

    Raises:
        NoSuchArticle, Stale, NotNow: it cannot be approved.
        SlugTaken: it is scheduled, and another article has one of its addresses.
        FourEyes: the caller wrote it, or one since the last approval.
        MachineOnly: nobody but a machine has seen one of its languages.
        ForbiddenTerms: it uses names that nobody may use, and nobody answers for that.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        approved = current.approve(caller, unit.now())
        if current.approved:
            return current
        authors = unit.drafts.authors(article_id, after=current.approved_draft or 0)
        check_four_eyes(caller, authors)
        document = unit.drafts.get(article_id, seen).document
        refuse_forbidden_terms(unit, article_id, document, deps)
        refuse_machine_only(unit, article_id, document)
        unit.articles.save(approved)
        keep_schedule(unit, approved)
        unit.audit.add(caller, "approve", article_id, {"draft": seen})
        return approved
