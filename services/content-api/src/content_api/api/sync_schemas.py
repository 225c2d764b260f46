# SPDX-License-Identifier: EUPL-1.2
"""The shapes of following: filters, a page of changes."""

from typing import Any, Final

from marshmallow import fields, validate

from communique.events.article import Kind
from communique.events.fields import Code, Country, Id, Items, Locale, Part, Shape, Slug, Text
from content_api.api.schemas import LiveArticleSchema
from content_api.ports import Filter
from content_api.use_cases.read_changes import MOST_AT_ONCE

LONGEST_WAIT: Final = 20
_FILTERS: Final = ("locale", "kind", "topic", "place", "mission")


class FollowQuerySchema(Shape):
    """Which articles to follow. Without `locale`: whole documents."""

    locale = Locale()
    kind = fields.Enum(Kind, by_value=True, metadata={"type": "string"})
    topic = Code()
    place = Country()
    mission = Slug()
    cursor = Text(most=300)


class SyncQuerySchema(FollowQuerySchema):
    """Which articles to follow, from where, and for how long to wait when there is nothing new."""

    limit = fields.Integer(load_default=100, validate=validate.Range(1, MOST_AT_ONCE))
    wait = fields.Integer(load_default=0, validate=validate.Range(0, LONGEST_WAIT))


class ChangeSchema(Shape):
    """A document to keep (`put`, with the document), or to drop (`tombstone`, with the reason)."""

    change = fields.String(required=True, validate=validate.OneOf(("put", "tombstone")))
    article = Id(required=True)
    locale = Locale(required=True, allow_none=True)
    version = fields.Integer(required=True)
    reason = fields.String(
        validate=validate.OneOf(("retracted", "withdrawn", "filter", "entitlement"))
    )
    document = Part(LiveArticleSchema)


class SyncPageSchema(Shape):
    """What has changed, each document once; `next` is always given, `more` says: ask at once."""

    items = Items(Part(ChangeSchema), most=MOST_AT_ONCE, required=True)
    next = fields.String(required=True, metadata={"description": "The cursor to go on from."})
    more = fields.Boolean(required=True)


def filter_of(query: dict[str, Any]) -> Filter:
    """Return the filter in a query."""
    return Filter(**{name: query[name] for name in _FILTERS if name in query})
