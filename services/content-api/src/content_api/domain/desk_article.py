# SPDX-License-Identifier: EUPL-1.2
"""An article as the desk knows it: its drafts, its approval, what of it is public."""

from dataclasses import dataclass, replace
from datetime import datetime

from content_api.domain.document import Document
from content_api.domain.errors import NotApproved, Stale
from content_api.domain.states import State, Step, after


@dataclass(frozen=True, slots=True)
class Draft:
    """One immutable state of the text; numbers grow by one."""

    article: str
    number: int
    document: Document
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeskArticle:
    """The row that every change of an article locks.

    `approved_draft` is the last draft that was approved; the current one is approved only when both
    numbers are equal. `version` is 0 before the first publication.
    """

    id: str
    state: State
    draft_number: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    approved_draft: int | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    published_draft: int | None = None
    version: int = 0
    first_published_at: datetime | None = None
    published_at: datetime | None = None
    embargo_until: datetime | None = None
    scheduled_by: str | None = None

    @property
    def approved(self) -> bool:
        """Tell whether the current draft is approved."""
        return self.approved_draft == self.draft_number

    @property
    def published(self) -> bool:
        """Tell whether the current draft is the one that is public."""
        return self.published_draft == self.draft_number

    def check_current(self, draft: int) -> None:
        """Refuse a change that was made on sight of another draft.

        Raises:
            Stale: the current draft is another one.
        """
        if draft != self.draft_number:
            raise Stale(self.draft_number)

    def check_approved(self) -> None:
        """Refuse to publish what nobody has approved.

        Raises:
            NotApproved: the current draft has no approval.
        """
        if not self.approved:
            raise NotApproved(self.draft_number)

    def saved(self, moment: datetime) -> "DeskArticle":
        """Return it with one more draft; approval and schedule are lost."""
        return replace(
            self,
            state=after(self.state, Step.SAVE),
            draft_number=self.draft_number + 1,
            embargo_until=None,
            scheduled_by=None,
            updated_at=moment,
        )

    def approve(self, approver: str, moment: datetime) -> "DeskArticle":
        """Return it with its current draft approved."""
        return replace(
            self,
            state=after(self.state, Step.APPROVE),
            approved_draft=self.draft_number,
            approved_by=approver,
            approved_at=moment,
            updated_at=moment,
        )

    def schedule(self, until: datetime, publisher: str, moment: datetime) -> "DeskArticle":
        """Return it waiting for its embargo to lift."""
        return replace(
            self,
            state=after(self.state, Step.SCHEDULE),
            embargo_until=until,
            scheduled_by=publisher,
            updated_at=moment,
        )

    def made_public(self, step: Step, moment: datetime) -> "DeskArticle":
        """Return it with its current draft as the next public version."""
        return replace(
            self,
            state=after(self.state, step),
            published_draft=self.draft_number,
            version=self.version + 1,
            first_published_at=self.first_published_at or moment,
            published_at=moment,
            updated_at=moment,
        )

    def retract(self, moment: datetime) -> "DeskArticle":
        """Return it withdrawn, which is a version of its own."""
        return replace(
            self,
            state=after(self.state, Step.RETRACT),
            version=self.version + 1,
            published_at=moment,
            updated_at=moment,
        )
