# SPDX-License-Identifier: EUPL-1.2
"""Remark on a draft, answer, resolve; and show where each remark stands now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from communique.ids import new_id
from content_api.domain.comment import (
    Anchor,
    Comment,
    NoSuchComment,
    Placed,
    Wish,
    anchor,
    place,
)
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document_codec import to_json
from content_api.ports import Deps, UnitOfWork


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with its answers, and where it stands in the current draft."""

    comment: Comment
    placed: Placed
    replies: Sequence[Comment]


def add_comment(
    article_id: str, text: str, wish: Wish | None, deps: Deps, *, caller: str
) -> Thread:
    """Begin a thread, fastened to the current draft or about the article as a whole.

    Raises:
        NoSuchArticle: there is none.
        InvalidInput: the draft has not what the remark is to be fastened to.
    """
    with deps.unit_of_work() as unit:
        article = unit.articles.lock(article_id)
        document = _document(unit, article)
        fastened = None if wish is None else anchor(wish, article.draft_number, document)
        made = Comment(new_id(), article_id, caller, unit.now(), text, anchor=fastened)
        unit.comments.add(made)
        unit.audit.add(caller, "comment", article_id, {"comment": made.id})
        return Thread(made, _placed(fastened, document), ())


def reply(article_id: str, comment_id: str, text: str, deps: Deps, *, caller: str) -> Comment:
    """Answer a remark; a resolved one is open again.

    Raises:
        NoSuchArticle, NoSuchComment: there is none.
    """
    with deps.unit_of_work() as unit:
        unit.articles.lock(article_id)
        first = _first(unit, article_id, comment_id)
        made = Comment(new_id(), article_id, caller, unit.now(), text, thread=first.id)
        unit.comments.add(made)
        if first.resolved_at is not None:
            unit.comments.save(replace(first, resolved_at=None, resolved_by=None))
        unit.audit.add(caller, "reply", article_id, {"comment": first.id, "reply": made.id})
        return made


def resolve(article_id: str, comment_id: str, deps: Deps, *, caller: str, resolved: bool) -> Thread:
    """Close a thread, or open it again; as it is already, nothing changes.

    Raises:
        NoSuchArticle, NoSuchComment: there is none.
    """
    with deps.unit_of_work() as unit:
        article = unit.articles.lock(article_id)
        first = _first(unit, article_id, comment_id)
        if (first.resolved_at is not None) is not resolved:
            first = replace(
                first,
                resolved_at=unit.now() if resolved else None,
                resolved_by=caller if resolved else None,
            )
            unit.comments.save(first)
            action = "resolve" if resolved else "reopen"
            unit.audit.add(caller, action, article_id, {"comment": first.id})
        replies = [each for each in unit.comments.of(article_id) if each.thread == first.id]
        return Thread(first, _placed(first.anchor, _document(unit, article)), replies)


def list_comments(
    article_id: str, deps: Deps, *, locale: str | None, resolved: bool | None
) -> Sequence[Thread]:
    """Return the threads of an article, oldest first, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        document = _document(unit, article)
        comments = unit.comments.of(article_id)
    return [
        Thread(
            first,
            _placed(first.anchor, document),
            [each for each in comments if each.thread == first.id],
        )
        for first in comments
        if first.thread is None
        and (locale is None or (first.anchor is not None and first.anchor.locale == locale))
        and (resolved is None or (first.resolved_at is not None) is resolved)
    ]


def _first(unit: UnitOfWork, article_id: str, comment_id: str) -> Comment:
    found = unit.comments.find(comment_id)
    if found is None or found.article != article_id or found.thread is not None:
        raise NoSuchComment
    return found


def _document(unit: UnitOfWork, article: DeskArticle) -> dict[str, Any]:
    draft = unit.drafts.get(article.id, article.draft_number)
    document: dict[str, Any] = orjson.loads(to_json(draft.document))
    return document


def _placed(fastened: Anchor | None, document: dict[str, Any]) -> Placed:
    return Placed(outdated=False) if fastened is None else place(fastened, document)
