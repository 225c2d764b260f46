# SPDX-License-Identifier: EUPL-1.2
"""Publish and announce, in one transaction; or schedule, if the embargo has not lifted yet."""

from datetime import datetime

from communique.errors import InvalidInput
from communique.events.article import Revision
from content_api.domain.changes import check_notes
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.edition import Edition, whole_edition
from content_api.domain.errors import NotNow, SlugTaken
from content_api.domain.publication import document_of
from content_api.domain.states import State, Step
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.press_tier import inform_press, lift_for_press


def publish(article_id: str, deps: Deps, *, caller: str, seen: int) -> DeskArticle:
    """Make the approved draft public now, or as soon as its embargo lifts.

    Publishing what is public already changes nothing.

    Raises:
        NoSuchArticle, Stale, NotNow, NotApproved, SlugTaken: it cannot be published.
        InvalidInput: an embargo on what the public has already seen.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        if current.state is State.LIVE and current.published:
            return current
        current.check_approved()
        document = current.effective(unit.drafts.get(article_id, seen).document)
        until = document.embargo_until
        if until is None or until <= unit.now():
            return release(unit, current, document, step=Step.PUBLISH, caller=caller)
        return _schedule(unit, current, document, until=until, caller=caller)


def correct(article_id: str, deps: Deps, *, caller: str, seen: int) -> DeskArticle:
    """Publish the approved draft as a correction; each changed language says what was wrong.

    Raises:
        NoSuchArticle, Stale, NotNow, NotApproved, SlugTaken: it cannot be published.
        InvalidInput: a changed language has no correction note.
    """
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        before = unit.versions.latest(article_id)
        if current.state is not State.LIVE or before is None:
            raise NotNow(current.state, Step.CORRECT)
        if current.published:
            return current
        current.check_approved()
        document = unit.drafts.get(article_id, seen).document
        check_no_embargo(unit, document)
        check_notes(document_of(before), document)
        return release(unit, current, document, step=Step.CORRECT, caller=caller)


def release(
    unit: UnitOfWork, current: DeskArticle, document: Document, *, step: Step, caller: str
) -> DeskArticle:
    """Write the next version, its finished bytes and its announcement in the unit given."""
    claim_slugs(unit, current, document)
    record = current.made_public(step, unit.now())
    before = unit.versions.latest(record.id) if current.version else None
    lives = unit.locales.of(record.id)
    edition = whole_edition(record, document, _revision(record, step), lives, before)
    details = {"draft": record.draft_number, "revision": edition.article.revision}
    write(unit, record, edition, caller=caller, action=step.value, details=details)
    return record


def write(
    unit: UnitOfWork,
    record: DeskArticle,
    edition: Edition,
    *,
    caller: str,
    action: str,
    details: dict[str, object],
) -> None:
    """Write an edition: bytes, lives, the article, its announcement, the end of its embargo."""
    unit.versions.publish(edition.article, edition.finished)
    unit.locales.save(edition.lives)
    unit.articles.save(record)
    lift_for_press(unit, edition.article)
    unit.audit.add(caller, action, record.id, {**details, "version": record.version})


def check_no_embargo(unit: UnitOfWork, document: Document) -> None:
    """Refuse an embargo on what the public has seen.

    Raises:
        InvalidInput: the document has one that lies in the future.
    """
    if document.embargo_until is not None and document.embargo_until > unit.now():
        raise InvalidInput(
            "What the public has already seen cannot be put under embargo.",
            errors={"/embargo_until": ["Lies in the future, and the article is live."]},
        )


def claim_slugs(unit: UnitOfWork, current: DeskArticle, document: Document) -> None:
    """Keep the addresses of a document for its article for good.

    Raises:
        SlugTaken: another article has one of them.
    """
    slugs = {locale: text.slug for locale, text in document.locales.items()}
    taken = unit.versions.claim_slugs(current.id, slugs)
    if taken:
        raise SlugTaken(sorted(taken))


def _schedule(
    unit: UnitOfWork, current: DeskArticle, document: Document, *, until: datetime, caller: str
) -> DeskArticle:
    if current.state is State.SCHEDULED:
        return current
    if current.state is State.LIVE:
        check_no_embargo(unit, document)
    scheduled = current.schedule(until, caller, unit.now())
    # Its addresses are kept now, so that nothing can refuse it at the moment itself.
    claim_slugs(unit, current, document)
    unit.articles.save(scheduled)
    inform_press(unit, scheduled, document)
    unit.wake_scheduler()
    details = {"draft": current.draft_number, "until": until.isoformat()}
    unit.audit.add(caller, Step.SCHEDULE.value, current.id, details)
    return scheduled


def _revision(record: DeskArticle, step: Step) -> Revision:
    if record.version == 1:
        return Revision.ORIGINAL
    return Revision.CORRECTION if step is Step.CORRECT else Revision.UPDATE
