# SPDX-License-Identifier: EUPL-1.2
"""Publish and announce, in one transaction; or schedule, if the embargo has not lifted yet."""

from datetime import datetime

from communique.errors import InvalidInput
from communique.events.article import Revision
from content_api.domain.changes import check_notes
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.errors import NotNow, SlugTaken
from content_api.domain.finished import finish
from content_api.domain.publication import publication
from content_api.domain.states import State, Step
from content_api.ports import Deps, UnitOfWork


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
        document = unit.drafts.get(article_id, seen).document
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
        if current.state is not State.LIVE or current.published_draft is None:
            raise NotNow(current.state, Step.CORRECT)
        if current.published:
            return current
        current.check_approved()
        document = unit.drafts.get(article_id, seen).document
        _check_no_embargo(unit, document)
        check_notes(unit.drafts.get(article_id, current.published_draft).document, document)
        return release(unit, current, document, step=Step.CORRECT, caller=caller)


def release(
    unit: UnitOfWork, current: DeskArticle, document: Document, *, step: Step, caller: str
) -> DeskArticle:
    """Write the next version, its finished bytes and its announcement in the unit given."""
    _claim_slugs(unit, current, document)
    record = current.made_public(step, unit.now())
    article = publication(record, document, _revision(record, step))
    unit.versions.publish(article, finish(article))
    unit.articles.save(record)
    details = {
        "draft": record.draft_number,
        "version": record.version,
        "revision": article.revision,
    }
    unit.audit.add(caller, step.value, record.id, details)
    return record


def _schedule(
    unit: UnitOfWork, current: DeskArticle, document: Document, *, until: datetime, caller: str
) -> DeskArticle:
    if current.state is State.SCHEDULED:
        return current
    if current.state is State.LIVE:
        _check_no_embargo(unit, document)
    scheduled = current.schedule(until, caller, unit.now())
    # Its addresses are kept now, so that nothing can refuse it at the moment itself.
    _claim_slugs(unit, current, document)
    unit.articles.save(scheduled)
    unit.wake_scheduler()
    details = {"draft": current.draft_number, "until": until.isoformat()}
    unit.audit.add(caller, Step.SCHEDULE.value, current.id, details)
    return scheduled


def _check_no_embargo(unit: UnitOfWork, document: Document) -> None:
    if document.embargo_until is not None and document.embargo_until > unit.now():
        raise InvalidInput(
            "What the public has already seen cannot be put under embargo.",
            errors={"/embargo_until": ["Lies in the future, and the article is live."]},
        )


def _claim_slugs(unit: UnitOfWork, current: DeskArticle, document: Document) -> None:
    slugs = {locale: text.slug for locale, text in document.locales.items()}
    taken = unit.versions.claim_slugs(current.id, slugs)
    if taken:
        raise SlugTaken(sorted(taken))


def _revision(record: DeskArticle, step: Step) -> Revision:
    if record.version == 1:
        return Revision.ORIGINAL
    return Revision.CORRECTION if step is Step.CORRECT else Revision.UPDATE
