# SPDX-License-Identifier: EUPL-1.2
"""Read what is live."""

import hashlib
from typing import Any, Final
from urllib.parse import urlencode

import orjson
from flask import Response, request
from flask_restx import Namespace, Resource

from communique.events.fields import Slug
from communique.web.auth import scope
from communique.web.operation import operation
from content_api.api.cursor import from_cursor, to_cursor
from content_api.api.deps import article_id, deps, locale_in_path
from content_api.api.finished import finished
from content_api.api.schemas import (
    ListQuerySchema,
    LiveArticleSchema,
    LivePageSchema,
    ReadQuerySchema,
)
from content_api.domain.errors import NoSuchArticle
from content_api.ports import Filter, Page, Stored
from content_api.use_cases.read_article import list_live, read_article, read_by_slug

api: Final = Namespace("articles", path="/v1/articles", description="What is live.")
_SCOPE: Final = "articles:read"
READ: Final = scope(_SCOPE)


@api.route("")
class ArticlesResource(Resource):
    """Live articles."""

    @operation(rule=READ, query=ListQuerySchema, answers={200: LivePageSchema, 304: None})
    def get(self, *, query: dict[str, Any]) -> Response:
        """List live articles by their first publication, newest first."""
        cursor = query.pop("cursor", None)
        after = None if cursor is None else from_cursor(cursor)
        limit = query.pop("limit")
        return _page(list_live(Filter(**query), deps(), after=after, limit=limit))


@api.route("/<string:id>")
class ArticleResource(Resource):
    """A live article."""

    @operation(
        rule=READ,
        query=ReadQuerySchema,
        answers={200: LiveArticleSchema, 304: None, 404: None, 410: None},
    )
    def get(self, *, id: str, query: dict[str, Any]) -> Response:  # noqa: A002  # as the path calls it
        """Read an article whole, or in the first of the languages asked for that it has."""
        wanted = [query["locale"]] if "locale" in query else []
        return _one(read_article(article_id(id), [*wanted, *query["fallback"]], deps()))


@api.route("/by-slug/<string:locale>/<string:slug>")
class ArticleBySlugResource(Resource):
    """A live article by its address."""

    @operation(rule=READ, answers={200: LiveArticleSchema, 304: None, 404: None, 410: None})
    def get(self, *, locale: str, slug: str) -> Response:
        """Read an article by its language and slug; a former slug of it will do."""
        if not Slug.form.fullmatch(slug):
            raise NoSuchArticle
        return _one(read_by_slug(locale_in_path(locale), slug, deps()))


def _one(stored: Stored) -> Response:
    headers = {"Content-Language": stored.locale} if stored.locale else {}
    return finished(stored.body, stored.etag, needed=_SCOPE, headers=headers)


def _page(page: Page) -> Response:
    following = None if page.next is None else to_cursor(page.next)
    tags = " ".join([*(each.etag for each in page.items), following or ""])
    etag = f'"{hashlib.sha256(tags.encode()).hexdigest()[:32]}"'
    items = [orjson.Fragment(each.body) for each in page.items]
    body = orjson.dumps({"items": items, "next": following})
    return finished(body, etag, needed=_SCOPE, headers=_link(following))


def _link(following: str | None) -> dict[str, str]:
    if following is None:
        return {}
    given = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    address = f"{request.path}?{urlencode([*given, ('cursor', following)])}"
    return {"Link": f'<{address}>; rel="next"'}
