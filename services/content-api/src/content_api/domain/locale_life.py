# SPDX-License-Identifier: EUPL-1.2
"""The life of one language of an article: its own review, its own publication, its own end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from communique.events.article import Localization, Revision
from content_api.domain.document_codec import content_hash


class LocaleState(StrEnum):
    """Where a language is on its way to the public, and from it."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    LIVE = "live"
    STALE = "stale"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LocaleLife:
    """What has become of one language so far.

    Texts are known by their hash, so that a new draft which leaves a language alone leaves its
    review alone. `content_hash` is that of the public text, None while there is none. `version` is
    the article's version that last changed the language's document (0: never public),
    `text_version` the one that last changed its words, and `source_version` the source's
    `text_version` that a translation goes with.
    """

    article_id: str
    locale: str
    submitted_hash: str | None = None
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    approved_hash: str | None = None
    approved_draft: int | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    content_hash: str | None = None
    version: int = 0
    text_version: int = 0
    source_version: int | None = None
    revision: Revision = Revision.ORIGINAL
    first_published_at: datetime | None = None
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    notice: str | None = None
    publish_at: datetime | None = None
    scheduled_by: str | None = None

    @property
    def live(self) -> bool:
        """Tell whether the public sees it."""
        return self.content_hash is not None

    @property
    def withdrawn(self) -> bool:
        """Tell whether it was taken down and not put up again since."""
        return self.withdrawn_at is not None

    def stale(self, source: "LocaleLife | None") -> bool:
        """Tell whether the source has changed since the translation that is live was made."""
        if source is None or not self.live or self.source_version is None:
            return False
        return source.text_version > self.source_version

    def has_approved(self, text: Localization) -> bool:
        """Tell whether these words were approved by themselves."""
        return self.approved_hash == content_hash(text)

    def submit(self, text: Localization, caller: str, moment: datetime) -> "LocaleLife":
        """Return it waiting for review."""
        return replace(
            self,
            submitted_hash=content_hash(text),
            submitted_by=caller,
            submitted_at=moment,
        )

    def approve(
        self, text: Localization, draft: int, caller: str, moment: datetime
    ) -> "LocaleLife":
        """Return it with these words approved."""
        return replace(
            self,
            approved_hash=content_hash(text),
            approved_draft=draft,
            approved_by=caller,
            approved_at=moment,
        )

    def made_public(
        self,
        text: Localization,
        version: int,
        moment: datetime,
        *,
        source: "LocaleLife | None",
        corrected: bool,
    ) -> "LocaleLife":
        """Return it with these words public as of this version; a withdrawal is over."""
        digest = content_hash(text)
        same = digest == self.content_hash
        if self.version == 0:
            revision = Revision.ORIGINAL
        else:
            revision = Revision.CORRECTION if corrected and not same else Revision.UPDATE
        return replace(
            self,
            content_hash=digest,
            version=version,
            text_version=self.text_version if same else version,
            source_version=None if source is None else source.text_version or None,
            revision=revision,
            first_published_at=self.first_published_at or moment,
            published_at=moment,
            withdrawn_at=None,
            notice=None,
            publish_at=None,
            scheduled_by=None,
        )

    def withdraw(self, notice: str, version: int, moment: datetime) -> "LocaleLife":
        """Return it taken down, with what the public is told."""
        return replace(
            self,
            content_hash=None,
            version=version,
            revision=Revision.RETRACTION,
            published_at=moment,
            withdrawn_at=moment,
            notice=notice,
            publish_at=None,
            scheduled_by=None,
        )

    def dropped(self) -> "LocaleLife":
        """Return it no longer public, because the article is published without it."""
        return replace(self, content_hash=None)

    def schedule(self, moment: datetime | None, caller: str | None) -> "LocaleLife":
        """Return it waiting for its moment; None ends the wait."""
        return replace(self, publish_at=moment, scheduled_by=caller)


@dataclass(frozen=True, slots=True)
class LocaleView:
    """A language as the desk sees it; `pending` is the way of words that are not public yet."""

    life: LocaleLife
    state: LocaleState
    pending: LocaleState | None
    in_draft: bool
    overdue: bool = False


def view_of(
    life: LocaleLife,
    text: Localization | None,
    source: LocaleLife | None,
    *,
    approved: bool,
    overdue: bool = False,
) -> LocaleView:
    """Tell the state of a language; `approved` is about the words of the current draft."""
    pending = None
    if text is not None and content_hash(text) != life.content_hash:
        pending = _on_its_way(life, text, approved=approved)
    if life.live:
        state = LocaleState.STALE if life.stale(source) else LocaleState.LIVE
    elif life.withdrawn:
        state = LocaleState.WITHDRAWN
    else:
        state = pending or LocaleState.DRAFT
    return LocaleView(life, state, pending, text is not None, overdue)


def life_of(lives: Mapping[str, LocaleLife], article: str, locale: str) -> LocaleLife:
    """Return the life of a language, which may only begin now."""
    return lives.get(locale) or LocaleLife(article, locale)


def _on_its_way(life: LocaleLife, text: Localization, *, approved: bool) -> LocaleState:
    if approved:
        return LocaleState.APPROVED
    if life.submitted_hash == content_hash(text):
        return LocaleState.IN_REVIEW
    return LocaleState.DRAFT
