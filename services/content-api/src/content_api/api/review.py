# SPDX-License-Identifier: EUPL-1.2
"""Submit a draft for review, send it back, and hold a text meanwhile."""

from datetime import timedelta
from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps, seen_draft
from content_api.api.permit import permit
from content_api.api.workflow_schemas import (
    LockInputSchema,
    LockQuerySchema,
    LockSchema,
    LocksSchema,
    ReviewSchema,
    SendBackSchema,
    SubmitSchema,
)
from content_api.domain.authority import Action
from content_api.domain.locks import EVERY_LOCALE, Lock
from content_api.domain.review import Review
from content_api.use_cases.lock_text import list_locks, lock_text, steal_lock, unlock_text
from content_api.use_cases.review_draft import read_review, send_back, submit

api: Final = Namespace("review", path="/v1/desk/articles", description="Review and locks.")
_WRITE: Final = scope("desk:write")
_APPROVE: Final = scope("desk:approve")
_CHANGES: Final = {200: ReviewSchema, 404: None, 409: None, 412: None, 422: None, 428: None}
_SEEN: Final = ("If-Match",)


@api.route("/<string:id>/review")
class ReviewResource(Resource):
    """The review of the current draft."""

    @operation(rule=_WRITE, answers={200: ReviewSchema, 404: None})
    def get(self, *, id: str) -> Review:  # noqa: A002  # as the path calls it
        """Show where the current draft stands, and every step so far."""
        return read_review(article_id(id), deps())


@api.route("/<string:id>/submit")
class SubmitResource(Resource):
    """Submission."""

    @operation(rule=_WRITE, body=SubmitSchema, answers=_CHANGES, headers=_SEEN)
    def post(self, *, id: str, body: dict[str, Any]) -> Review:  # noqa: A002  # as the path calls it
        """Submit the current draft for review; another draft begins anew."""
        article, seen = article_id(id), seen_draft()
        permit(Action.SUBMIT, article, seen)
        return submit(article, body["note"], deps(), caller=caller().label, seen=seen)


@api.route("/<string:id>/send-back")
class SendBackResource(Resource):
    """Return to the author."""

    @operation(rule=_APPROVE, body=SendBackSchema, answers=_CHANGES, headers=_SEEN)
    def post(self, *, id: str, body: dict[str, Any]) -> Review:  # noqa: A002  # as the path calls it
        """Send a submitted draft back, with the reason."""
        article, seen = article_id(id), seen_draft()
        permit(Action.SEND_BACK, article, seen)
        return send_back(article, body["reason"], deps(), caller=caller().label, seen=seen)


@api.route("/<string:id>/lock")
class LockResource(Resource):
    """Edit locks."""

    @operation(rule=_WRITE, answers={200: LocksSchema, 404: None})
    def get(self, *, id: str) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """Show who holds the article or a language of it now."""
        return {"items": list_locks(article_id(id), deps())}

    @operation(rule=_WRITE, body=LockInputSchema, answers={200: LockSchema, 404: None, 409: None})
    def post(self, *, id: str, body: dict[str, Any]) -> Lock:  # noqa: A002  # as the path calls it
        """Hold a text for some time; do it again to hold it on, or steal it with a reason."""
        article, locale = article_id(id), body["locale"] or EVERY_LOCALE
        time_to_live, who = timedelta(seconds=body["seconds"]), caller().label
        if not body["steal"]:
            permit(Action.LOCK, article)
            return lock_text(article, locale, time_to_live, deps(), caller=who)
        permit(Action.STEAL_LOCK, article)
        return steal_lock(article, locale, time_to_live, body["reason"], deps(), caller=who)

    @operation(rule=_WRITE, query=LockQuerySchema, answers={204: None, 404: None, 409: None})
    def delete(self, *, id: str, query: dict[str, Any]) -> tuple[None, int]:  # noqa: A002  # as the path calls it
        """Let a text go."""
        locale = query.get("locale", EVERY_LOCALE)
        unlock_text(article_id(id), locale, deps(), caller=caller().label)
        return None, 204
