# SPDX-License-Identifier: EUPL-1.2
"""Create, edit, approve, publish, correct, retract: the desk."""

from dataclasses import asdict
from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.events.article import Localization
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps, locale_in_path, seen_draft, source_draft
from content_api.api.diff_schemas import SavedDocumentSchema, SavedLocalizationSchema
from content_api.api.permit import permit, permit_locale, permit_new
from content_api.api.schemas import (
    DeskArticleSchema,
    DeskLineSchema,
    DeskPageSchema,
    DeskQuerySchema,
    NewArticleSchema,
    RetractionInputSchema,
)
from content_api.domain.authority import Action
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.document import Document
from content_api.domain.states import State
from content_api.use_cases.approve import approve
from content_api.use_cases.check_terms import check_draft
from content_api.use_cases.create_article import create_article
from content_api.use_cases.inspect_article import list_articles, read_draft
from content_api.use_cases.publish import correct, publish
from content_api.use_cases.retract import retract
from content_api.use_cases.save_draft import save_draft, save_locale

api: Final = Namespace("desk", path="/v1/desk/articles", description="What a desk does.")
WRITE: Final = scope("desk:write")
APPROVE: Final = scope("desk:approve")
PUBLISH: Final = scope("desk:publish")
_CHANGES: Final = {404: None, 409: None, 412: None, 422: None, 428: None}
_SEEN: Final = ("If-Match",)
Answer = tuple[Any, int, dict[str, str]]


def _headers(article: DeskArticle) -> dict[str, str]:
    return {"ETag": f'"d{article.draft_number}"', "Cache-Control": "no-store"}


def with_draft(article: DeskArticle, draft: Draft, status: int = 200) -> Answer:
    """Answer with an article and a draft of it."""
    told = {
        **asdict(article),
        "approved": article.approved,
        "author": draft.author,
        "change_note": draft.change_note,
        "restored_from": draft.restored_from,
        "document": draft.document,
        "warnings": check_draft(draft, deps()).items,
    }
    return told, status, _headers(article)


def _permitted(action: Action, path: str) -> tuple[str, int]:
    """Return the article and the draft that was seen, once the caller may act on them."""
    article, seen = article_id(path), seen_draft()
    permit(action, article, seen)
    return article, seen


def _line(article: DeskArticle) -> Answer:
    status = 202 if article.state is State.SCHEDULED else 200
    return article, status, _headers(article)


@api.route("")
class DeskArticlesResource(Resource):
    """Articles at the desk."""

    @operation(
        rule=WRITE,
        body=NewArticleSchema,
        answers={201: DeskArticleSchema, 200: DeskArticleSchema, 409: None},
    )
    def post(self, *, body: dict[str, Any]) -> Answer:
        """Create an article with its first draft."""
        chosen = body.pop("id")
        document = Document(**body)
        permit_new(document)
        made = create_article(document, deps(), caller=caller().label, article_id=chosen)
        answer, status, headers = with_draft(made.article, made.draft, 201 if made.new else 200)
        return answer, status, {**headers, "Location": f"/v1/desk/articles/{made.article.id}"}

    @operation(rule=WRITE, query=DeskQuerySchema, answers={200: DeskPageSchema})
    def get(self, *, query: dict[str, Any]) -> dict[str, Any]:
        """List articles, newest first."""
        items, following = list_articles(
            deps(), state=query.get("state"), before=query.get("cursor"), limit=query["limit"]
        )
        return {"items": items, "next": following}


@api.route("/<string:id>")
class DeskArticleResource(Resource):
    """One article at the desk."""

    @operation(rule=WRITE, answers={200: DeskArticleSchema, 404: None})
    def get(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Read the current draft and the state of the article."""
        return with_draft(*read_draft(article_id(id), deps()))

    @operation(
        rule=WRITE,
        body=SavedDocumentSchema,
        answers={200: DeskArticleSchema, **_CHANGES},
        headers=_SEEN,
    )
    def put(self, *, id: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Save the next draft; approval is lost."""
        article, note = article_id(id), body.pop("change_note")
        seen = seen_draft()
        permit(Action.EDIT, article, seen)
        saved = save_draft(
            article,
            Document(**body),
            deps(),
            caller=caller().label,
            seen=seen,
            change_note=note,
        )
        return with_draft(*saved)


@api.route("/<string:id>/locales/<string:locale>")
class DeskLocaleResource(Resource):
    """One language of an article at the desk."""

    @operation(
        rule=WRITE,
        body=SavedLocalizationSchema,
        answers={200: DeskArticleSchema, **_CHANGES},
        headers=(*_SEEN, "Source-Draft"),
    )
    def put(self, *, id: str, locale: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Save the next draft with this language set; approval is lost.

        A translation may name in `Source-Draft` the draft whose source it was made from, such as
        "d3"; without it, what has changed in it was made from the present source.
        """
        article, note = article_id(id), body.pop("change_note")
        tag, seen = locale_in_path(locale), seen_draft()
        permit_locale(article, tag)
        saved = save_locale(
            article,
            tag,
            Localization(**body),
            deps(),
            caller=caller().label,
            seen=seen,
            change_note=note,
            source_draft=source_draft(),
        )
        return with_draft(*saved)


@api.route("/<string:id>/approve")
class ApproveResource(Resource):
    """Approval."""

    @operation(rule=APPROVE, answers={200: DeskLineSchema, **_CHANGES}, headers=_SEEN)
    def post(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Approve the current draft; nobody approves what they wrote."""
        article, seen = _permitted(Action.APPROVE, id)
        approved = approve(article, deps(), caller=caller().label, seen=seen)
        return approved, 200, _headers(approved)


@api.route("/<string:id>/publish")
class PublishResource(Resource):
    """Publication."""

    @operation(
        rule=PUBLISH,
        answers={200: DeskLineSchema, 202: DeskLineSchema, **_CHANGES},
        headers=_SEEN,
    )
    def post(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Publish the approved draft now, or schedule it (202) when its embargo lifts later."""
        article, seen = _permitted(Action.PUBLISH, id)
        return _line(publish(article, deps(), caller=caller().label, seen=seen))


@api.route("/<string:id>/correct")
class CorrectResource(Resource):
    """Correction."""

    @operation(rule=PUBLISH, answers={200: DeskLineSchema, **_CHANGES}, headers=_SEEN)
    def post(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Publish the approved draft as a correction; each changed language has its note."""
        article, seen = _permitted(Action.CORRECT, id)
        return _line(correct(article, deps(), caller=caller().label, seen=seen))


@api.route("/<string:id>/retract")
class RetractResource(Resource):
    """Retraction."""

    @operation(
        rule=PUBLISH,
        body=RetractionInputSchema,
        answers={200: DeskLineSchema, **_CHANGES},
        headers=_SEEN,
    )
    def post(self, *, id: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Withdraw the article everywhere, with a notice in each language."""
        article, seen = _permitted(Action.RETRACT, id)
        return _line(retract(article, body["notices"], deps(), caller=caller().label, seen=seen))
