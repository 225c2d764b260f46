# SPDX-License-Identifier: EUPL-1.2
"""What readers can ask of live articles, and the form of what they get."""

from typing import Any

from marshmallow import fields, validate, validates_schema
from marshmallow.exceptions import ValidationError

from communique.events.article import Audience, Kind
from communique.events.fields import (
    Code,
    Country,
    Id,
    Items,
    Locale,
    Part,
    Shape,
    Slug,
    Text,
    When,
)
from communique.web.operation import page_of
from content_api.api.schemas import LiveArticleSchema
from content_api.domain.selection import Order
from content_api.use_cases.expand import Expansion

_MOST_VALUES = 20
_MOST_EXPANDED = 20


def _values(inner: fields.Field[Any], **options: Any) -> Items:
    return Items(inner, most=_MOST_VALUES, load_default=(), **options)


def _choice(kind: Any) -> fields.Enum[Any]:
    return fields.Enum(kind, by_value=True, metadata={"type": "string"})


class ShownQuerySchema(Shape):
    """How to show articles: some fields only (`locales.title`), and with what they link to."""

    fallback = Items(Locale(), most=10, load_default=())
    fields_ = Items(Text(most=100), most=30, load_default=(), data_key="fields")
    expand = Items(_choice(Expansion), most=3, load_default=())


class ReadQuerySchema(ShownQuerySchema):
    """Which language to give, and which instead, in this order."""

    locale = Locale()


class ListQuerySchema(ShownQuerySchema):
    """Which live articles to give. Several values of a filter: any of them. No `locale`: whole."""

    locale = Locale()
    kind = _values(_choice(Kind))
    topic = _values(Code())
    place = _values(Country())
    mission = _values(Slug())
    office = _values(
        Text(most=300),
        metadata={
            "whole": True,
            "description": "The speaker's office, as it is called in the language asked for.",
        },
    )
    urgency = _values(fields.Integer(validate=validate.Range(1, 8)))
    audience = _values(_choice(Audience))
    since = When(data_key="from")
    until = When(data_key="to")
    updated_since = When(data_key="updated_from")
    updated_until = When(data_key="updated_to")
    order = fields.Enum(
        Order, by_value=True, load_default=Order.NEWEST, metadata={"type": "string"}
    )
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = Text(most=200)

    @validates_schema
    def bound(self, data: dict[str, Any], **_options: Any) -> None:
        """Keep the cost of a page bounded: each of its articles may link to fifty."""
        if data["expand"] and data["limit"] > _MOST_EXPANDED:
            raise ValidationError(f"With expand: 1 to {_MOST_EXPANDED}.", "limit")


class ShownArticleSchema(LiveArticleSchema):
    """A live article: its fields, or those that were asked for."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Require nothing: a caller may have asked for any choice of fields."""
        del field_name
        field_obj.required = False


class ExpandedSchema(Shape):
    """What an article links to; `missing` names what is not live."""

    related = Items(Part(ShownArticleSchema))
    corrects = Part(ShownArticleSchema, allow_none=True)
    supersedes = Part(ShownArticleSchema, allow_none=True)
    missing = Items(Id())


class ReadArticleSchema(ShownArticleSchema):
    """A live article, with what it links to where that was asked for."""

    expanded = Part(ExpandedSchema)


LivePageSchema = page_of(ReadArticleSchema)
