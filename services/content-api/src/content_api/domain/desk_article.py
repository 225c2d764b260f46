# SPDX-License-Identifier: EUPL-1.2
"""An article as the desk knows it: its drafts, its approval, what of it is public."""

from dataclasses import dataclass, replace
from datetime import datetime

from communique.errors import InvalidInput
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
    change_note: str | None = None
    restored_from: int | None = None


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
        """Return it with one more draft; the approval is lost, a schedule is not."""
        return replace(
            self,
            state=after(self.state, Step.SAVE),
            draft_number=self.draft_number + 1,
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

    def reschedule(self, until: datetime, publisher: str, moment: datetime) -> "DeskArticle":
        """Return it waiting for another moment."""
        return replace(
            self,
            state=after(self.state, Step.EMBARGO),
            embargo_until=until,
            scheduled_by=publisher,
            updated_at=moment,
        )

    def unschedule(self, moment: datetime) -> "DeskArticle":
        """Return it waiting for nothing, as it was before it was scheduled."""
        state = after(self.state, Step.UNSCHEDULE)
        return replace(
            self,
            state=state if self.approved else State.DRAFT,
            embargo_until=None,
            scheduled_by=None,
            updated_at=moment,
        )

    def effective(self, document: Document) -> Document:
        """Return its document under the embargo that holds: a schedule's, once there is one."""
        if self.state is not State.SCHEDULED:
            return document
        return replace(document, embargo_until=self.embargo_until)

    def check_embargo(self, before: Document, after_it: Document) -> None:
        """Refuse a draft that would move a schedule by the way.

        Raises:
            InvalidInput: it changes the embargo of a scheduled article.
        """
        kept = (self.embargo_until, before.embargo_until)
        if self.state is State.SCHEDULED and after_it.embargo_until not in kept:
            raise InvalidInput(
                "The article is scheduled, and a draft does not change when it goes out.",
                errors={"/embargo_until": ["Change or lift the embargo by itself, with a reason."]},
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

    def changed_in_part(self, step: Step, moment: datetime) -> "DeskArticle":
        """Return it with one language put up or taken down, which is a version of its own."""
        return replace(
            self,
            state=after(self.state, step),
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
