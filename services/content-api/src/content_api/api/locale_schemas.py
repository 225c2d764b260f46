# SPDX-License-Identifier: EUPL-1.2
"""Languages, embargoes and releases, in and out."""

from typing import Any

from marshmallow import fields, pre_dump, validate

from communique.events.article import Revision
from communique.events.fields import Id, Items, Locale, Part, Shape, Text, When
from communique.events.shapes import ArticleSchema
from communique.web.operation import page_of
from content_api.domain.locale_life import LocaleState
from content_api.domain.release import Mode, ReleaseState


class ScheduleInputSchema(Shape):
    """When something goes out."""

    publish_at = When(required=True)


class WithdrawalInputSchema(Shape):
    """What readers of a language are told."""

    notice = Text(most=2_000, required=True)


class LocaleLineSchema(Shape):
    """Where one language is. `pending`: how far words are that are not public yet."""

    locale = Locale()
    state = fields.Enum(LocaleState, by_value=True)
    pending = fields.Enum(LocaleState, by_value=True, allow_none=True)
    in_draft = fields.Boolean()
    version = fields.Integer()
    source_version = fields.Integer(allow_none=True)
    revision = fields.Enum(Revision, by_value=True)
    first_published_at = When(allow_none=True)
    published_at = When(allow_none=True)
    submitted_by = Text(allow_none=True)
    approved_by = Text(allow_none=True)
    withdrawn_at = When(allow_none=True)
    notice = Text(allow_none=True)
    publish_at = When(allow_none=True)
    scheduled_by = Text(allow_none=True)
    overdue = fields.Boolean()


class LocalesSchema(Shape):
    """Every language that an article has or had."""

    article = Id()
    version = fields.Integer()
    items = Items(Part(LocaleLineSchema))


class EmbargoInputSchema(Shape):
    """Another end of an embargo, or null to lift it now; and why."""

    embargo_until = When(required=True, allow_none=True)
    reason = Text(most=2_000, required=True)


class ReasonInputSchema(Shape):
    """Why."""

    reason = Text(most=2_000, required=True)


class EmbargoedQuerySchema(Shape):
    """Which page of what the press holds."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = Id()


class ItemInputSchema(Shape):
    """An article, or, with `locale`, one language of it."""

    article = Id(required=True)
    locale = Locale(load_default=None, allow_none=True)


class ReleaseInputSchema(Shape):
    """What goes live together: all or none, or, for a reason, each as it is ready."""

    title = Text(most=300, required=True)
    mode = fields.Enum(Mode, by_value=True, load_default=Mode.ATOMIC)
    reason = Text(most=2_000, load_default=None, allow_none=True)
    items = Items(Part(ItemInputSchema), least=1, most=100, required=True)


class ReleaseQuerySchema(Shape):
    """Which releases a desk wants to see."""

    state = fields.Enum(ReleaseState, by_value=True, metadata={"type": "string"})
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = Id()


class ItemSchema(Shape):
    """An item of a release; `blocked` says what it waits for, `version` that it is out."""

    article = Id()
    locale = Locale(allow_none=True)
    version = fields.Integer(allow_none=True)
    blocked = Text(allow_none=True)


class ReleaseSchema(Shape):
    """A release, with what blocks each item."""

    id = Id()
    title = Text()
    state = fields.Enum(ReleaseState, by_value=True)
    mode = fields.Enum(Mode, by_value=True)
    reason = Text(allow_none=True)
    revision = fields.Integer()
    publish_at = When(allow_none=True)
    scheduled_by = Text(allow_none=True)
    published_at = When(allow_none=True)
    created_by = Text()
    created_at = When()
    updated_at = When()
    ready = fields.Boolean()
    items = Items(Part(ItemSchema))

    @pre_dump
    def with_blocked(self, pair: Any, **_options: Any) -> dict[str, Any]:
        """Put what blocks an item beside it."""
        release, reasons = pair
        values = {name: getattr(release, name) for name in _OF_RELEASE}
        items = [
            {
                "article": item.article,
                "locale": item.locale or None,
                "version": item.version,
                "blocked": reasons.get(number),
            }
            for number, item in enumerate(release.items)
        ]
        return {**values, "ready": not reasons, "items": items}


_OF_RELEASE = tuple(name for name in ReleaseSchema().fields if name not in {"ready", "items"})
ReleasesSchema = page_of(ReleaseSchema)
EmbargoedPageSchema = page_of(ArticleSchema)
