# SPDX-License-Identifier: EUPL-1.2
"""A draft on its way to approval: submitted, sent back with a reason, approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from communique.errors import Conflict
from content_api.domain.desk_article import DeskArticle


class ReviewState(StrEnum):
    """Where the current draft stands; another draft begins anew."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"


class ReviewAction(StrEnum):
    """What was done with a draft."""

    SUBMIT = "submit"
    SEND_BACK = "send-back"


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """One step of a review; `words` is the note or the reason, `returned_to` who submitted it."""

    article: str
    action: ReviewAction
    draft: int
    caller: str
    at: datetime
    words: str | None = None
    returned_to: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The review of an article: its present state, and every step so far, oldest first."""

    article: str
    draft: int
    state: ReviewState
    events: Sequence[ReviewEvent]


class NotInReview(Conflict):
    """The current draft has not been submitted, or has been dealt with."""

    def __init__(self, draft: int, state: ReviewState) -> None:
        """Name the draft and where it stands."""
        super().__init__(f"Draft {draft} is not in review.", extra={"review": state.value})


class AlreadyApproved(Conflict):
    """The current draft needs no review any more."""

    def __init__(self, draft: int) -> None:
        """Name the draft."""
        super().__init__(f"Draft {draft} has been approved already.")


def review_of(article: DeskArticle, events: Sequence[ReviewEvent]) -> Review:
    """Return where the current draft of an article stands."""
    return Review(article.id, article.draft_number, _state(article, events), events)


def submitter(events: Sequence[ReviewEvent]) -> str | None:
    """Name who submitted last."""
    submitted = [each.caller for each in events if each.action is ReviewAction.SUBMIT]
    return submitted[-1] if submitted else None


def _state(article: DeskArticle, events: Sequence[ReviewEvent]) -> ReviewState:
    if article.approved:
        return ReviewState.APPROVED
    last = events[-1] if events else None
    if last and last.draft == article.draft_number and last.action is ReviewAction.SUBMIT:
        return ReviewState.IN_REVIEW
    return ReviewState.DRAFT
