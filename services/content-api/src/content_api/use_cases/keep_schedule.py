# SPDX-License-Identifier: EUPL-1.2
"""Keep a schedule over an edit: once the new draft is approved, it is what goes out."""

from content_api.domain.desk_article import DeskArticle
from content_api.domain.states import State
from content_api.ports import UnitOfWork
from content_api.use_cases.press_tier import inform_press
from content_api.use_cases.publish import claim_slugs


def keep_schedule(unit: UnitOfWork, approved: DeskArticle) -> None:
    """Put an approved draft in the place of the one that was scheduled; else do nothing.

    Raises:
        SlugTaken: another article has one of its addresses.
    """
    if approved.state is not State.SCHEDULED:
        return
    document = unit.drafts.get(approved.id, approved.draft_number).document
    claim_slugs(unit, approved, document)
    inform_press(unit, approved, approved.effective(document))
    unit.wake_scheduler()
