# SPDX-License-Identifier: EUPL-1.2
"""One language of an article by itself: review, publication, schedule, withdrawal."""

from dataclasses import asdict
from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps, locale_in_path, seen_draft
from content_api.api.locale_schemas import (
    LocaleLineSchema,
    LocalesSchema,
    ScheduleInputSchema,
    WithdrawalInputSchema,
)
from content_api.api.permit import permit
from content_api.domain.authority import Action
from content_api.domain.locale_life import LocaleView
from content_api.use_cases.inspect_locales import list_locales, view_locale
from content_api.use_cases.publish_locale import (
    correct_locale,
    publish_locale,
    schedule_locale,
    unschedule_locale,
    withdraw_locale,
)
from content_api.use_cases.review_locale import approve_locale, submit_locale

api: Final = Namespace("locales", path="/v1/desk/articles", description="One language by itself.")
_WRITE: Final = scope("desk:write")
_APPROVE: Final = scope("desk:approve")
_PUBLISH: Final = scope("desk:publish")
_ANSWERS: Final = {
    200: LocaleLineSchema,
    404: None,
    409: None,
    412: None,
    422: None,
    428: None,
}
_SEEN: Final = ("If-Match",)
_NO_STORE: Final = {"Cache-Control": "no-store"}
Answer = tuple[Any, int, dict[str, str]]


def _act(verb: Any, action: Action, path: tuple[str, str], *more: object) -> Answer:
    article, locale, seen = article_id(path[0]), locale_in_path(path[1]), seen_draft()
    permit(action, article, seen, locale=locale)
    verb(article, locale, *more, deps(), caller=caller().label, seen=seen)
    current, view = view_locale(article, locale, deps())
    return _line(view), 200, {"ETag": f'"d{current.draft_number}"', **_NO_STORE}


def _line(view: LocaleView) -> dict[str, Any]:
    return {
        **asdict(view.life),
        "state": view.state,
        "pending": view.pending,
        "in_draft": view.in_draft,
        "overdue": view.overdue,
    }


@api.route("/<string:id>/locales")
class LocalesResource(Resource):
    """The languages of an article."""

    @operation(rule=_WRITE, answers={200: LocalesSchema, 404: None})
    def get(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Show where each language is."""
        current, views = list_locales(article_id(id), deps())
        told = {
            "article": current.id,
            "version": current.version,
            "items": [_line(view) for view in views],
        }
        return told, 200, {"ETag": f'"d{current.draft_number}"', **_NO_STORE}


@api.route("/<string:id>/locales/<string:locale>/submit")
class SubmitLocaleResource(Resource):
    """Review of a language."""

    @operation(rule=_WRITE, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Hand the words of the current draft in for review."""
        return _act(submit_locale, Action.SUBMIT, (id, locale))


@api.route("/<string:id>/locales/<string:locale>/approve")
class ApproveLocaleResource(Resource):
    """Approval of a language."""

    @operation(rule=_APPROVE, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Approve the words of the current draft; nobody approves what they wrote."""
        return _act(approve_locale, Action.APPROVE, (id, locale))


@api.route("/<string:id>/locales/<string:locale>/publish")
class PublishLocaleResource(Resource):
    """Publication of a language."""

    @operation(rule=_PUBLISH, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Publish the approved words; no other language is touched."""
        return _act(publish_locale, Action.PUBLISH, (id, locale))


@api.route("/<string:id>/locales/<string:locale>/correct")
class CorrectLocaleResource(Resource):
    """Correction of a language."""

    @operation(rule=_PUBLISH, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Publish the approved words as a correction, with its note."""
        return _act(correct_locale, Action.CORRECT, (id, locale))


@api.route("/<string:id>/locales/<string:locale>/schedule")
class ScheduleLocaleResource(Resource):
    """The moment of a language."""

    @operation(rule=_PUBLISH, body=ScheduleInputSchema, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str, locale: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Let it go out at a moment, as it is approved by then."""
        return _act(schedule_locale, Action.PUBLISH, (id, locale), body["publish_at"])

    @operation(rule=_PUBLISH, answers=_ANSWERS, headers=_SEEN)
    def delete(self, *, id: str, locale: str) -> Answer:  # noqa: A002  # as the path calls it
        """Give its moment up."""
        return _act(unschedule_locale, Action.PUBLISH, (id, locale))


@api.route("/<string:id>/locales/<string:locale>/withdraw")
class WithdrawLocaleResource(Resource):
    """Withdrawal of a language."""

    @operation(rule=_PUBLISH, body=WithdrawalInputSchema, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str, locale: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Take it down and leave a notice; the other languages stay."""
        return _act(withdraw_locale, Action.RETRACT, (id, locale), body["notice"])
