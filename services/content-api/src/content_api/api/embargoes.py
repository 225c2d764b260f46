# SPDX-License-Identifier: EUPL-1.2
"""Change an embargo; and, for the press, read what is under one."""

from typing import Any, Final

import orjson
from flask import Response
from flask_restx import Namespace, Resource

from communique.events.shapes import ArticleSchema
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps, seen_draft
from content_api.api.locale_schemas import (
    EmbargoedPageSchema,
    EmbargoedQuerySchema,
    EmbargoInputSchema,
    ReasonInputSchema,
)
from content_api.api.permit import permit
from content_api.api.schemas import DeskLineSchema
from content_api.domain.authority import Action
from content_api.domain.desk_article import DeskArticle
from content_api.domain.states import State
from content_api.use_cases.change_embargo import cancel_schedule, lift_embargo, move_embargo
from content_api.use_cases.read_embargoed import list_embargoed, read_embargoed

api: Final = Namespace("embargoes", path="/v1/desk/articles", description="Embargoes.")
press: Final = Namespace(
    "embargoed", path="/v1/embargoed/articles", description="What the press holds in trust."
)
_PUBLISH: Final = scope("desk:publish")
_PRESS: Final = scope("embargo:read")
_CHANGES: Final = {404: None, 409: None, 412: None, 422: None, 428: None}
_SEEN: Final = ("If-Match",)
_NO_STORE: Final = {"Cache-Control": "no-store"}
Answer = tuple[Any, int, dict[str, str]]


@api.route("/<string:id>/embargo")
class EmbargoResource(Resource):
    """The embargo of a scheduled article."""

    @operation(
        rule=_PUBLISH,
        body=EmbargoInputSchema,
        answers={202: DeskLineSchema, 200: DeskLineSchema, **_CHANGES},
        headers=_SEEN,
    )
    def post(self, *, id: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Move the end of the embargo (202), or lift it and publish now (200); with a reason."""
        article, seen = article_id(id), seen_draft()
        permit(Action.PUBLISH, article, seen)
        until, reason, who = body["embargo_until"], body["reason"], caller().label
        if until is None:
            return _line(lift_embargo(article, reason, deps(), caller=who, seen=seen))
        return _line(move_embargo(article, until, reason, deps(), caller=who, seen=seen))


@api.route("/<string:id>/unschedule")
class UnscheduleResource(Resource):
    """The end of a schedule."""

    @operation(
        rule=_PUBLISH,
        body=ReasonInputSchema,
        answers={200: DeskLineSchema, **_CHANGES},
        headers=_SEEN,
    )
    def post(self, *, id: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Give the schedule up; the press, if it holds the article, is told the reason."""
        article, seen = article_id(id), seen_draft()
        permit(Action.PUBLISH, article, seen)
        who = caller().label
        return _line(cancel_schedule(article, body["reason"], deps(), caller=who, seen=seen))


@press.route("")
class EmbargoedArticlesResource(Resource):
    """Articles under embargo."""

    @operation(rule=_PRESS, query=EmbargoedQuerySchema, answers={200: EmbargoedPageSchema})
    def get(self, *, query: dict[str, Any]) -> Response:
        """List what the press holds in trust, newest first; not to be passed on."""
        items, following = list_embargoed(deps(), before=query.get("cursor"), limit=query["limit"])
        fragments = [orjson.Fragment(held.body) for held in items]
        return _answer(orjson.dumps({"items": fragments, "next": following}))


@press.route("/<string:id>")
class EmbargoedArticleResource(Resource):
    """An article under embargo."""

    @operation(rule=_PRESS, answers={200: ArticleSchema, 404: None, 410: None})
    def get(self, *, id: str) -> Response:  # noqa: A002  # as the path calls it
        """Read an article before its embargo lifts; 410 once it has, or will not come."""
        return _answer(read_embargoed(article_id(id), deps()).body)


def _answer(body: bytes) -> Response:
    return Response(body, content_type="application/json", headers=_NO_STORE)


def _line(article: DeskArticle) -> Answer:
    status = 202 if article.state is State.SCHEDULED else 200
    return article, status, {"ETag": f'"d{article.draft_number}"', **_NO_STORE}
