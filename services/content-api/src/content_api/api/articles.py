# SPDX-License-Identifier: EUPL-1.2
"""Read what is live."""

from collections.abc import Sequence
from typing import Any, Final

import orjson
from flask import Response
from flask_restx import Namespace, Resource

from communique.events.fields import Slug
from communique.web.auth import scope
from communique.web.operation import operation
from content_api.api.cursor import from_cursor, to_cursor
from content_api.api.deps import article_id, deps, locale_in_path
from content_api.api.finished import EVERY_LIST, article_key, finished
from content_api.api.fragments import Fragments
from content_api.api.links import article_links, list_links
from content_api.api.live_schemas import (
    ListQuerySchema,
    LivePageSchema,
    ReadArticleSchema,
    ReadQuerySchema,
    ShownQuerySchema,
)
from content_api.domain.errors import NoSuchArticle
from content_api.domain.selection import Selection
from content_api.ports import Stored
from content_api.use_cases.expand import Expanded, expand
from content_api.use_cases.list_live import addresses, list_live
from content_api.use_cases.read_article import read_article, read_by_slug

api: Final = Namespace("articles", path="/v1/articles", description="What is live.")
_SCOPE: Final = "articles:read"
READ: Final = scope(_SCOPE)
_ONE: Final = {200: ReadArticleSchema, 304: None, 404: None, 410: None}


@api.route("")
class ArticlesResource(Resource):
    """Live articles."""

    @operation(rule=READ, query=ListQuerySchema, answers={200: LivePageSchema, 304: None})
    def get(self, *, query: dict[str, Any]) -> Response:
        """List live articles: the newest first, or in another order."""
        cursor, limit = query.pop("cursor", None), query.pop("limit")
        chosen, wanted = query.pop("fields_"), query.pop("expand")
        fallback, order = query.pop("fallback"), query["order"]
        fragments = Fragments(ReadArticleSchema, chosen)
        after = None if cursor is None else from_cursor(cursor, order)
        page = list_live(Selection(**query), deps(), after=after, limit=limit)
        following = None if page.next is None else to_cursor(page.next, order)
        linked = expand(page.items, wanted, fallback, deps()) if wanted else None
        return _page(page.items, linked, following, fragments)


@api.route("/<string:id>")
class ArticleResource(Resource):
    """A live article."""

    @operation(rule=READ, query=ReadQuerySchema, answers=_ONE)
    def get(self, *, id: str, query: dict[str, Any]) -> Response:  # noqa: A002  # as the path calls it
        """Read an article whole, or in the first of the languages asked for that it has."""
        wanted = [query["locale"]] if "locale" in query else []
        stored = read_article(article_id(id), [*wanted, *query["fallback"]], deps())
        return _one(stored, query)


@api.route("/by-slug/<string:locale>/<string:slug>")
class ArticleBySlugResource(Resource):
    """A live article by its address."""

    @operation(rule=READ, query=ShownQuerySchema, answers=_ONE)
    def get(self, *, locale: str, slug: str, query: dict[str, Any]) -> Response:
        """Read an article by its language and slug; a former slug of it will do."""
        if not Slug.form.fullmatch(slug):
            raise NoSuchArticle
        return _one(read_by_slug(locale_in_path(locale), slug, deps()), query)


def _one(stored: Stored, query: dict[str, Any]) -> Response:
    fragments = Fragments(ReadArticleSchema, query["fields_"])
    headers = {"Link": article_links(stored.locale, addresses(stored.article, deps()))}
    if stored.locale:
        headers["Content-Language"] = stored.locale
    if query["expand"]:
        [linked] = expand([stored], query["expand"], query["fallback"], deps())
        every = (stored, *linked.stored)
        return finished(
            fragments.one(stored, linked),
            fragments.etag(every, *linked.missing, *query["expand"]),
            needed=_SCOPE,
            headers=headers,
            keys=_keys([stored], [linked]),
        )
    return finished(
        fragments.one(stored),
        fragments.etag([stored]) if query["fields_"] else stored.etag,
        needed=_SCOPE,
        headers=headers,
        modified=stored.published_at,
        keys=_keys([stored], ()),
    )


def _page(
    items: Sequence[Stored],
    linked: tuple[Expanded, ...] | None,
    following: str | None,
    fragments: Fragments,
) -> Response:
    beside: list[Expanded | None] = list(linked) if linked else [None] * len(items)
    written = [
        orjson.Fragment(fragments.one(item, more)) for item, more in zip(items, beside, strict=True)
    ]
    every = [*items, *(each for more in linked or () for each in more.stored)]
    missing = [each for more in linked or () for each in more.missing]
    return finished(
        orjson.dumps({"items": written, "next": following}),
        fragments.etag(every, following or "", *missing),
        needed=_SCOPE,
        headers={"Link": list_links(following)},
        keys=(EVERY_LIST,),
    )


def _keys(items: list[Stored], linked: list[Expanded] | tuple[()]) -> list[str]:
    named = [item.article for item in items]
    for more in linked:
        named += [*(each.article for each in more.stored), *more.missing]
    return [article_key(article) for article in named]
