# SPDX-License-Identifier: EUPL-1.2
"""Submit a draft for review, or send it back with the reason."""

from content_api.domain.desk_article import DeskArticle
from content_api.domain.review import (
    AlreadyApproved,
    NotInReview,
    Review,
    ReviewAction,
    ReviewEvent,
    ReviewState,
    review_of,
    submitter,
)
from content_api.domain.states import Step, after
from content_api.ports import Deps, UnitOfWork


def submit(article_id: str, note: str | None, deps: Deps, *, caller: str, seen: int) -> Review:
    """Ask for the review of the draft that was seen; asking again changes nothing.

    Raises:
        NoSuchArticle, Stale, NotNow: there is no such draft to review.
        AlreadyApproved: it needs no review.
    """
    with deps.unit_of_work() as unit:
        article = _seen(unit, article_id, seen)
        after(article.state, Step.SAVE)
        review = review_of(article, unit.reviews.of(article_id))
        if review.state is ReviewState.APPROVED:
            raise AlreadyApproved(seen)
        if review.state is ReviewState.IN_REVIEW:
            return review
        event = ReviewEvent(article_id, ReviewAction.SUBMIT, seen, caller, unit.now(), note)
        return _with(unit, article, review, event)


def send_back(article_id: str, reason: str, deps: Deps, *, caller: str, seen: int) -> Review:
    """Return a submitted draft to whoever submitted it, and say why.

    Raises:
        NoSuchArticle, Stale: there is no such draft.
        NotInReview: it was not submitted, or has been dealt with.
    """
    with deps.unit_of_work() as unit:
        article = _seen(unit, article_id, seen)
        review = review_of(article, unit.reviews.of(article_id))
        if review.state is not ReviewState.IN_REVIEW:
            raise NotInReview(seen, review.state)
        event = ReviewEvent(
            article_id,
            ReviewAction.SEND_BACK,
            seen,
            caller,
            unit.now(),
            reason,
            submitter(review.events),
        )
        return _with(unit, article, review, event)


def read_review(article_id: str, deps: Deps) -> Review:
    """Return where the current draft stands, and every step so far; or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        return review_of(unit.articles.get(article_id), unit.reviews.of(article_id))


def _seen(unit: UnitOfWork, article_id: str, seen: int) -> DeskArticle:
    article = unit.articles.lock(article_id)
    article.check_current(seen)
    return article


def _with(unit: UnitOfWork, article: DeskArticle, review: Review, event: ReviewEvent) -> Review:
    unit.reviews.add(event)
    details = {"draft": event.draft, **({"words": event.words} if event.words else {})}
    unit.audit.add(event.caller, event.action.value, article.id, details)
    return review_of(article, [*review.events, event])
