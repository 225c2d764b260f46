# SPDX-License-Identifier: EUPL-1.2
"""Shapes of translations: how they stand, and source and target side by side."""

from marshmallow import fields

from communique.events.fields import Id, Items, Locale, Part, Shape, Text, When
from content_api.domain.inline_diff import Change
from content_api.domain.translation import Origin, SegmentState


class TranslationSchema(Shape):
    """How one translation stands to the present source."""

    locale = Locale()
    state = Text(metadata={"enum": ["fresh", "stale", "missing"]})
    segments = fields.Integer(metadata={"description": "How many there are."})
    stale = fields.Integer(metadata={"description": "How many somebody has to look at."})
    percentage = fields.Float(metadata={"description": "How much of it is fresh."})
    draft = fields.Integer()
    source_draft = fields.Integer(
        allow_none=True, metadata={"description": "The draft it was last made from."}
    )
    origin = fields.Enum(Origin, by_value=True, allow_none=True)
    by = Text(allow_none=True)
    at = When(allow_none=True)
    machine_only = fields.Boolean(
        metadata={"description": "No person has saved or confirmed it; it cannot be approved."}
    )


class TranslationsSchema(Shape):
    """Every translation of an article."""

    article = Id()
    source_locale = Locale()
    draft = fields.Integer()
    items = Items(Part(TranslationSchema))


class SegmentSchema(Shape):
    """One piece of text."""

    address = Text()
    text = Text()
    inline = fields.Boolean(metadata={"description": "Inline HTML; otherwise plain text."})
    hash = Text()


class DiffPieceSchema(Shape):
    """Text that stayed, came or went; as plain text, and as HTML that can stand alone."""

    change = fields.Enum(Change, by_value=True)
    text = Text(least=0)
    html = Text(least=0)


class RowSchema(Shape):
    """One line side by side; `was` is the source that the target was made from, if it changed."""

    state = fields.Enum(SegmentState, by_value=True)
    source = Part(SegmentSchema, allow_none=True)
    target = Part(SegmentSchema, allow_none=True)
    was = Part(SegmentSchema, allow_none=True)
    diff = Items(Part(DiffPieceSchema))


class SideBySideSchema(TranslationSchema):
    """A translation beside its source, in the order of the source."""

    article = Id()
    source_locale = Locale()
    items = Items(Part(RowSchema))
