# SPDX-License-Identifier: EUPL-1.2
"""marshmallow in, marshmallow out."""

from uuid import UUID

from marshmallow import ValidationError, fields, validate

from communique.events.fields import (
    Id,
    Items,
    Locale,
    Mapped,
    Part,
    Shape,
    Text,
    When,
)
from communique.events.shapes import (
    ArticleSchema,
    DescriptionSchema,
    ReceiptSchema,
    WrittenLocalizationSchema,
)
from communique.web.operation import page_of
from content_api.api.body_input import LocalizationInputSchema
from content_api.api.terms_schemas import FindingSchema
from content_api.domain.document import Document
from content_api.domain.states import State


def _version_7(text: str) -> None:
    if UUID(text).version != 7:
        raise ValidationError("Not a UUID of version 7.")


def _limit(most: int = 100) -> fields.Integer:
    return fields.Integer(load_default=20, validate=validate.Range(1, most))


class DocumentInputSchema(DescriptionSchema):
    """A draft: the article in all its languages, as a desk writes it."""

    makes: type | None = Document
    locales = Mapped(
        keys=Locale(),
        values=Part(LocalizationInputSchema),
        required=True,
        validate=validate.Length(1, 100, error="Must have 1 to 100 languages."),
    )


class NewArticleSchema(DocumentInputSchema):
    """A first draft; with an id of your choice a lost answer can be asked for again."""

    makes = None
    id = Id(load_default=None, allow_none=True, validate=_version_7)


class RetractionInputSchema(Shape):
    """Why an article is withdrawn, per language; the source language's stands in for others."""

    notices = Mapped(
        keys=Locale(),
        values=Text(most=2_000),
        required=True,
        validate=validate.Length(1, error="Must have a notice."),
    )


class DeskQuerySchema(Shape):
    """Which articles a desk wants to see."""

    state = fields.Enum(State, by_value=True, metadata={"type": "string"})
    limit = _limit()
    cursor = Id()


class DeskLineSchema(Shape):
    """An article as the desk knows it, without its text."""

    id = Id()
    state = fields.Enum(State, by_value=True)
    draft = fields.Integer(attribute="draft_number")
    approved = fields.Boolean()
    approved_draft = fields.Integer(allow_none=True)
    approved_by = Text(allow_none=True)
    approved_at = When(allow_none=True)
    version = fields.Integer()
    published_draft = fields.Integer(allow_none=True)
    first_published_at = When(allow_none=True)
    published_at = When(allow_none=True)
    embargo_until = When(allow_none=True)
    scheduled_by = Text(allow_none=True)
    created_by = Text()
    created_at = When()
    updated_at = When()


class DraftDocumentSchema(DescriptionSchema):
    """The text of a draft."""

    locales = Mapped(keys=Locale(), values=Part(WrittenLocalizationSchema))


class DeskArticleSchema(DeskLineSchema):
    """An article as the desk knows it, with its current draft and who wrote that."""

    author = Text()
    change_note = Text(allow_none=True)
    restored_from = fields.Integer(allow_none=True)
    document = Part(DraftDocumentSchema)
    warnings = Items(Part(FindingSchema))


class VersionLineSchema(Shape):
    """One published version, without its text."""

    version = fields.Integer()
    revision = Text()
    published_at = When()


class VersionsSchema(Shape):
    """The published versions, newest first."""

    items = Items(Part(VersionLineSchema))


class DeliveryEventSchema(Shape):
    """One receipt as it arrived."""

    event = Id()
    recorded_at = When()
    receipt = Part(ReceiptSchema)


class DeliveryBoardSchema(Shape):
    """Where an article stands on every channel, and how it came to that."""

    article = Id()
    version = fields.Integer()
    closed = fields.Boolean()
    items = Items(Part(ReceiptSchema))
    history = Items(Part(DeliveryEventSchema))


class LiveArticleSchema(ArticleSchema):
    """An article as the public gets it: whole, or with one language alone, named in `locale`."""

    locale = Locale(allow_none=True, load_default=None)


DeskPageSchema = page_of(DeskLineSchema)
