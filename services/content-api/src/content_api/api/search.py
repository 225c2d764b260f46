# SPDX-License-Identifier: EUPL-1.2
"""Find live articles by their words."""

import base64
import binascii
import math
from datetime import datetime
from typing import Any, Final

from flask import Response
from flask_restx import Namespace, Resource
from marshmallow import fields, validate

from communique.clock import rfc3339
from communique.errors import InvalidInput
from communique.events.article import Kind
from communique.events.fields import (
    Code,
    Country,
    Id,
    Items,
    Locale,
    Mapped,
    Part,
    Shape,
    Slug,
    Text,
    When,
)
from communique.ids import is_id
from communique.web.auth import scope
from communique.web.operation import operation
from content_api.api.deps import deps
from content_api.ports import Filter, Rank
from content_api.use_cases.search_articles import MOST_AT_ONCE, Hit, search_articles

api: Final = Namespace("search", path="/v1/search", description="Find what is live.")
READ: Final = scope("articles:read")


class SearchQuerySchema(Shape):
    """What to look for, in which language, and among which articles."""

    q = Text(most=200, required=True)
    locale = Locale(required=True)
    kind = fields.Enum(Kind, by_value=True, metadata={"type": "string"})
    topic = Code()
    place = Country()
    mission = Slug()
    since = When(data_key="from")
    until = When(data_key="to")
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST_AT_ONCE))
    cursor = Text(most=200)


class HitSchema(Shape):
    """An article that was found; `highlight` is HTML with nothing but text and `<mark>`."""

    id = Id(required=True)
    locale = Locale(required=True)
    version = fields.Integer(required=True)
    kind = Text(required=True)
    slug = Slug(allow_none=True)
    title = Text(required=True)
    summary = Text(allow_none=True)
    first_published_at = When(required=True)
    published_at = When(required=True)
    score = fields.Float(required=True)
    highlight = Mapped(keys=Text(), values=Text())


class HitsSchema(Shape):
    """What was found, the best first."""

    items = Items(Part(HitSchema), most=MOST_AT_ONCE, required=True)
    next = fields.String(allow_none=True, metadata={"description": "Cursor, or null."})


@api.route("")
class SearchResource(Resource):
    """Live articles by their words."""

    @operation(rule=READ, query=SearchQuerySchema, answers={200: HitsSchema})
    def get(self, *, query: dict[str, Any]) -> tuple[Any, int, dict[str, str]] | Response:
        """Find live articles in one language that have every word asked for, the best first.

        Words are found with or without their accents; those with the same accents come first.
        `"some words"` must stand together, `begin*` is a beginning, `-word` must not be there. A
        find in the title counts more than one in the summary, and that more than one in the body.
        """
        text, limit, cursor = query.pop("q"), query.pop("limit"), query.pop("cursor", None)
        after = None if cursor is None else _rank(cursor)
        hits = search_articles(text, Filter(**query), deps(), after=after, limit=limit)
        following = None if hits.next is None else _cursor(hits.next)
        told = {"items": [_told(each) for each in hits.items], "next": following}
        return told, 200, {"Cache-Control": "private, max-age=5"}


def _told(hit: Hit) -> dict[str, Any]:
    found = hit.found
    return {
        "id": found.article,
        "locale": found.locale,
        "version": found.version,
        "kind": found.kind,
        "slug": found.slug,
        "title": hit.title,
        "summary": hit.summary,
        "first_published_at": found.first_published_at,
        "published_at": found.published_at,
        "score": round(found.score, 4),
        "highlight": hit.highlight,
    }


def _cursor(rank: Rank) -> str:
    text = f"{rank.score!r} {rfc3339(rank.first_published_at)} {rank.article}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _rank(cursor: str) -> Rank:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        score, moment, article = text.split(" ")
        rank = Rank(float(score), datetime.fromisoformat(moment), article)
    except (ValueError, binascii.Error) as error:
        raise _not_ours() from error
    if not is_id(article) or rank.first_published_at.tzinfo is None or math.isnan(rank.score):
        raise _not_ours()
    return rank


def _not_ours() -> InvalidInput:
    return InvalidInput("Check cursor.", errors={"cursor": ["Not a cursor of this search."]})
