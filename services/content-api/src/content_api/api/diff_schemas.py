# SPDX-License-Identifier: EUPL-1.2
"""The shapes of drafts and of what differs between two of them."""

from typing import Any

from marshmallow import fields, validate

from communique.events.fields import Items, Locale, Part, Shape, Text, When
from communique.web.operation import page_of
from content_api.api.body_input import LocalizationInputSchema
from content_api.api.schemas import (
    DocumentInputSchema,
    DraftDocumentSchema,
)
from content_api.domain.inline_diff import Change


def _change() -> fields.Enum[Change]:
    return fields.Enum(Change, by_value=True)


def _note() -> Text:
    return Text(most=2_000, allow_none=True, load_default=None)


class SavedDocumentSchema(DocumentInputSchema):
    """The next draft, and what has changed in it."""

    makes = None
    change_note = _note()


class SavedLocalizationSchema(LocalizationInputSchema):
    """One language of the next draft, and what has changed in it."""

    makes: Any = None
    change_note = _note()


class RestoreSchema(Shape):
    """Why an earlier draft is wanted back."""

    change_note = _note()


class DraftLineSchema(Shape):
    """One draft, without its text."""

    number = fields.Integer()
    author = Text()
    created_at = When()
    change_note = Text(allow_none=True)
    restored_from = fields.Integer(allow_none=True)


class DraftSchema(DraftLineSchema):
    """One draft."""

    document = Part(DraftDocumentSchema)


class DraftsQuerySchema(Shape):
    """Which drafts to list."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.Integer(validate=validate.Range(1, 2**31 - 1))


class PieceSchema(Shape):
    """A stretch of text: plain, and as safe HTML."""

    change = _change()
    text = fields.String()
    html = fields.String()


class FieldChangeSchema(Shape):
    """One field; a text also word by word."""

    pointer = fields.String()
    change = _change()
    before = fields.Raw(allow_none=True)
    now = fields.Raw(allow_none=True)
    html = fields.String(metadata={"description": "Safe HTML with ins and del."})
    pieces = Items(Part(PieceSchema))


class BlockChangeSchema(Shape):
    """One block, with its place in both bodies (null: in one of them it is not)."""

    change = _change()
    type = fields.String()
    before = fields.Integer(allow_none=True)
    now = fields.Integer(allow_none=True)
    html = fields.String(metadata={"description": "Safe HTML with ins and del."})
    fields_ = Items(Part(FieldChangeSchema), attribute="fields", data_key="fields")


class LocaleChangeSchema(Shape):
    """One language that differs."""

    locale = Locale()
    change = _change()
    fields_ = Items(Part(FieldChangeSchema), attribute="fields", data_key="fields")
    blocks = Items(Part(BlockChangeSchema))


class ComparisonSchema(Shape):
    """Everything that differs; a language without a difference is not named."""

    before = fields.Integer()
    now = fields.Integer()
    same = fields.Boolean()
    fields_ = Items(Part(FieldChangeSchema), attribute="fields", data_key="fields")
    locales = Items(Part(LocaleChangeSchema))


DraftPageSchema = page_of(DraftLineSchema)
