# SPDX-License-Identifier: EUPL-1.2
"""marshmallow in, marshmallow out. The channel's shape is also that of the YAML file."""

import re
from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, fields, post_dump, pre_load, validate

from communique.errors import InvalidInput
from communique.events.article import Kind
from communique.events.delivery import Action, DeliveryState
from communique.events.fields import (
    Code,
    Country,
    Id,
    Items,
    Locale,
    Matching,
    Part,
    Shape,
    Slug,
    Text,
    WebAddress,
    When,
)
from communique.web.problems import invalid
from syndicator.domain import channel as model
from syndicator.domain.channel import Channel

_MOST_LOCALES: Final = 40


class EnvironmentName(Matching):
    """The name of an environment variable."""

    form = re.compile(r"[A-Z][A-Z0-9_]*")
    message = "Write the name of an environment variable, such as COMMUNIQUE_X_TOKEN."


class FormatName(Matching):
    """The name of a format, such as `json-feed`."""

    form = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    message = "Only a-z, 0-9 and single hyphens between them."


def _choice(kind: Any, default: Any = None, **options: Any) -> fields.Enum[Any]:
    if default is not None:
        options["load_default"] = default
    return fields.Enum(kind, by_value=True, **options)


class LocaleChoiceSchema(Shape):
    """A language, and what is taken when there is none; a bare tag stands for itself."""

    makes = model.LocaleChoice
    locale = Locale(required=True)
    fallback = Items(Locale(), most=_MOST_LOCALES, load_default=())

    @pre_load
    def from_tag(self, data: Any, **_options: Any) -> Any:
        """Read a bare tag."""
        return {"locale": data} if isinstance(data, str) else data


class SelectorSchema(Shape):
    """Which articles: every list must be met, by any one of its members."""

    makes = model.Selector
    kinds = Items(
        fields.String(validate=validate.OneOf([each.value for each in Kind])), load_default=()
    )
    topics = Items(Code(), load_default=())
    places = Items(Country(), load_default=())
    missions = Items(Slug(), load_default=())
    max_urgency = fields.Integer(
        strict=True, validate=validate.Range(1, 8), allow_none=True, load_default=None
    )


class RateLimitSchema(Shape):
    """How many calls a minute the destination allows."""

    makes = model.RateLimit
    per_minute = fields.Integer(strict=True, required=True, validate=validate.Range(1, 6_000))


class CredentialSchema(Shape):
    """Where `channels apply` takes the secret from."""

    makes = model.CredentialReference
    env = EnvironmentName(most=100, required=True)


class ChannelSchema(Shape):
    """A destination: what it wants, in which languages and forms, and how it is corrected."""

    makes = Channel
    name = Slug(required=True)
    title = fields.Dict(keys=Locale(), values=Text(most=200), required=True)
    kind = _choice(model.ChannelKind, required=True)
    formats = Items(FormatName(most=40), least=1, most=10, required=True, data_key="format")
    connector = FormatName(most=40, required=True)
    locales = Items(Part(LocaleChoiceSchema), least=1, most=_MOST_LOCALES, required=True)
    selector = Part(SelectorSchema, load_default=model.Selector)
    trust = _choice(model.Trust, model.Trust.PUBLIC)
    approval = _choice(model.Approval, model.Approval.AUTOMATIC)
    correction_policy = _choice(model.CorrectionPolicy, model.CorrectionPolicy.EDIT)
    retraction_policy = _choice(model.RetractionPolicy, model.RetractionPolicy.DELETE)
    rate_limit = Part(RateLimitSchema, allow_none=True, load_default=None)
    destination = fields.Dict(keys=Text(most=60), values=Text(most=2_000), load_default=dict)
    options = fields.Dict(keys=Text(most=60), load_default=dict)
    credential = Part(CredentialSchema, allow_none=True, load_default=None)

    @pre_load
    def one_format(self, data: Any, **_options: Any) -> Any:
        """Read one format as a list of one."""
        if isinstance(data, Mapping) and isinstance(data.get("format"), str):
            return {**data, "format": [data["format"]]}
        return data


class ChannelsSchema(Shape):
    """A file of channels."""

    channels = Items(Part(ChannelSchema), least=1, most=2_000, required=True)


class ChannelRecordSchema(Shape):
    """A channel as it is kept; its secret is never shown."""

    channel = fields.Nested(ChannelSchema)
    state = fields.Enum(model.ChannelState, by_value=True)
    revision = fields.Integer()


class ChannelListSchema(Shape):
    """All channels."""

    items = fields.List(fields.Nested(ChannelRecordSchema))


class ChannelWrittenSchema(Shape):
    """A channel as an editor sends it; `secret` is kept encrypted and never shown again."""

    channel = Part(ChannelSchema, required=True)
    secret = Text(most=4_000, allow_none=True, load_default=None)


class DeliverySchema(Shape):
    """A delivery row: what should be there, and what is there."""

    id = Id()
    channel = Slug()
    article = Id()
    locale = Locale()
    served_locale = fields.String(attribute="wanted.served_locale")
    wanted_version = fields.Integer(attribute="wanted.version")
    revision = fields.String(attribute="wanted.revision.value")
    version = fields.Integer(allow_none=True)
    action = fields.Enum(Action, by_value=True)
    state = fields.Enum(DeliveryState, by_value=True)
    attempts = fields.Integer()
    next_attempt_at = When(allow_none=True)
    deadline_at = When(allow_none=True)
    reason = Text(allow_none=True)
    external_id = fields.String(attribute="there.external_id")
    url = fields.String(attribute="there.url")
    gone = fields.Boolean(attribute="there.gone")
    urgency = fields.Integer()
    created_at = When()
    updated_at = When()

    @post_dump
    def only_what_is(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what is not known."""
        return {name: value for name, value in data.items() if value is not None}


class DeliveryQuerySchema(Shape):
    """Which deliveries."""

    article = Id(load_default=None)
    channel = Slug(load_default=None)
    state = fields.Enum(DeliveryState, by_value=True, load_default=None)
    cursor = Id(load_default=None)
    limit = fields.Integer(validate=validate.Range(1, 500), load_default=100)


class DeliveryPageSchema(Shape):
    """One page of deliveries; `next` is the cursor of the page after it."""

    items = fields.List(fields.Nested(DeliverySchema))
    next = fields.String(allow_none=True)


class WaiverSchema(Shape):
    """Why a delivery need not be done."""

    why = Text(most=1_000, required=True)


class ResolutionSchema(Shape):
    """What became of a call of unknown outcome: what stands there, or nothing."""

    outcome = fields.String(required=True, validate=validate.OneOf(["delivered", "absent"]))
    external_id = Text(most=500, allow_none=True, load_default=None)
    url = WebAddress(allow_none=True, load_default=None)


class WireQuerySchema(Shape):
    """Where a reader of a wire resumes."""

    since = fields.Integer(
        validate=validate.Range(0, 2**62),
        load_default=0,
        metadata={"description": "The `next` of the page before."},
    )
    limit = fields.Integer(validate=validate.Range(1, 500), load_default=100)


def read_channels(document: Any) -> list[Channel]:
    """Read the channels of a file.

    Raises:
        InvalidInput: each fault is named by its place.
    """
    if not isinstance(document, Mapping):
        raise InvalidInput("Write a mapping.", errors={"/": ["Must be a mapping with `channels`."]})
    try:
        channels: list[Channel] = list(ChannelsSchema().load(document)["channels"])
    except ValidationError as error:
        raise invalid(error.normalized_messages()) from error
    return channels
