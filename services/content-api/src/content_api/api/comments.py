# SPDX-License-Identifier: EUPL-1.2
"""Remarks on a draft: threads that stay with the words they are about."""

from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.ids import is_id
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps
from content_api.api.permit import permit
from content_api.api.workflow_schemas import (
    CommentInputSchema,
    CommentSchema,
    CommentsQuerySchema,
    ReplyInputSchema,
    ThreadSchema,
    ThreadsSchema,
)
from content_api.domain.authority import Action
from content_api.domain.comment import Comment, NoSuchComment
from content_api.use_cases.comment import Thread, add_comment, list_comments, reply, resolve

api: Final = Namespace("comments", path="/v1/desk/articles", description="Remarks on a draft.")
_WRITE: Final = scope("desk:write")


@api.route("/<string:id>/comments")
class CommentsResource(Resource):
    """Threads of comments."""

    @operation(rule=_WRITE, query=CommentsQuerySchema, answers={200: ThreadsSchema, 404: None})
    def get(self, *, id: str, query: dict[str, Any]) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """List the threads of an article, oldest first, and where each stands now."""
        found = list_comments(
            article_id(id), deps(), locale=query.get("locale"), resolved=query.get("resolved")
        )
        return {"items": found}

    @operation(rule=_WRITE, body=CommentInputSchema, answers={201: ThreadSchema, 404: None})
    def post(self, *, id: str, body: dict[str, Any]) -> tuple[Thread, int]:  # noqa: A002  # as the path calls it
        """Begin a thread, on a place in the current draft or on the article as a whole."""
        article = article_id(id)
        permit(Action.COMMENT, article)
        made = add_comment(article, body["text"], body["anchor"], deps(), caller=caller().label)
        return made, 201


@api.route("/<string:id>/comments/<string:comment>/replies")
class RepliesResource(Resource):
    """Answers."""

    @operation(rule=_WRITE, body=ReplyInputSchema, answers={201: CommentSchema, 404: None})
    def post(self, *, id: str, comment: str, body: dict[str, Any]) -> tuple[Comment, int]:  # noqa: A002  # as the path calls it
        """Answer a remark; a resolved thread is open again."""
        article, first = article_id(id), _comment_id(comment)
        permit(Action.COMMENT, article)
        return reply(article, first, body["text"], deps(), caller=caller().label), 201


@api.route("/<string:id>/comments/<string:comment>/resolve")
class ResolveResource(Resource):
    """The end of a thread."""

    @operation(rule=_WRITE, answers={200: ThreadSchema, 404: None})
    def post(self, *, id: str, comment: str) -> Thread:  # noqa: A002  # as the path calls it
        """Resolve a thread."""
        return _resolve(id, comment, resolved=True)


@api.route("/<string:id>/comments/<string:comment>/reopen")
class ReopenResource(Resource):
    """The beginning anew of a thread."""

    @operation(rule=_WRITE, answers={200: ThreadSchema, 404: None})
    def post(self, *, id: str, comment: str) -> Thread:  # noqa: A002  # as the path calls it
        """Open a resolved thread again."""
        return _resolve(id, comment, resolved=False)


def _resolve(text: str, comment: str, *, resolved: bool) -> Thread:
    article, first = article_id(text), _comment_id(comment)
    permit(Action.COMMENT, article)
    return resolve(article, first, deps(), caller=caller().label, resolved=resolved)


def _comment_id(text: str) -> str:
    if not is_id(text):
        raise NoSuchComment
    return text
