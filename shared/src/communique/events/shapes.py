# SPDX-License-Identifier: EUPL-1.2
"""One marshmallow schema per shape: of articles, assets and receipts.

They guard both doors: HTTP input and Kafka records. API descriptions and the event schemas are
generated from them.
"""

from typing import Any

from marshmallow import fields, post_dump, validate

from communique.events import article, media
from communique.events.delivery import Action, DeliveryState, Receipt
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
    WebAddress,
    When,
    one_of,
)


def _type(name: str) -> fields.String:
    return fields.String(required=True, validate=validate.Equal(name))


def _inline(most: int = 20_000, **options: Any) -> Text:
    return Text(most=most, metadata={"description": "Inline HTML."}, **options)


class ParagraphSchema(Shape):
    """Running text."""

    makes = article.Paragraph
    type = _type("paragraph")
    html = _inline(required=True)


class HeadingSchema(Shape):
    """A heading inside the text."""

    makes = article.Heading
    type = _type("heading")
    level = fields.Integer(strict=True, required=True, validate=validate.Range(2, 4))
    text = Text(most=300, required=True)


class QuoteSchema(Shape):
    """Somebody's words."""

    makes = article.Quote
    type = _type("quote")
    html = _inline(required=True)
    attribution = Text(most=300, allow_none=True, load_default=None)


class ListSchema(Shape):
    """A list of items."""

    makes = article.ListBlock
    type = _type("list")
    ordered = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    items = Items(_inline(), least=1, most=500, required=True)


class ImageSchema(Shape):
    """A picture in the text."""

    makes = article.Image
    type = _type("image")
    asset = Id(required=True)


class GallerySchema(Shape):
    """Several pictures."""

    makes = article.Gallery
    type = _type("gallery")
    assets = Items(Id(), least=1, most=100, required=True)


class VideoSchema(Shape):
    """A clip."""

    makes = article.Video
    type = _type("video")
    asset = Id(required=True)


class InfographicSchema(Shape):
    """A drawing that carries information."""

    makes = article.Infographic
    type = _type("infographic")
    asset = Id(required=True)


class TableSchema(Shape):
    """Rows and columns."""

    makes = article.Table
    type = _type("table")
    header = Items(_inline(2_000, least=0), most=50, load_default=())
    rows = Items(Items(_inline(2_000, least=0), most=50), least=1, most=1_000, required=True)
    caption = Text(most=500, allow_none=True, load_default=None)


class EmbedSchema(Shape):
    """A card for something elsewhere."""

    makes = article.Embed
    type = _type("embed")
    url = WebAddress(required=True)
    title = Text(most=300, allow_none=True, load_default=None)


class DividerSchema(Shape):
    """A pause."""

    makes = article.Divider
    type = _type("divider")


BLOCKS: dict[str, type[Shape]] = {
    "paragraph": ParagraphSchema,
    "heading": HeadingSchema,
    "quote": QuoteSchema,
    "list": ListSchema,
    "image": ImageSchema,
    "gallery": GallerySchema,
    "video": VideoSchema,
    "infographic": InfographicSchema,
    "table": TableSchema,
    "embed": EmbedSchema,
    "divider": DividerSchema,
}

BlockField = one_of("type", BLOCKS)


def _by_locale(inner: fields.Field[Any], **options: Any) -> Mapped:
    return Mapped(keys=Locale(), values=inner, load_default=dict, **options)


class SocialTextSchema(Shape):
    """What to say on one platform."""

    makes = article.SocialText
    text = Text(most=5_000, allow_none=True, load_default=None)
    hashtags = Items(Text(most=100), most=30, load_default=())


class WrittenLocalizationSchema(Shape):
    """What a desk writes of an article in one language."""

    title = Text(most=300, required=True)
    short_title = Text(most=120, allow_none=True, load_default=None)
    summary = Text(most=1_000, allow_none=True, load_default=None)
    body = Items(BlockField(), most=5_000, required=True)
    slug = Slug(required=True)
    keywords = Items(Text(most=100), most=50, load_default=())
    social = Mapped(keys=Text(most=40), values=Part(SocialTextSchema), load_default=dict)
    correction_note = Text(most=2_000, allow_none=True, load_default=None)
    translator = Text(most=200, allow_none=True, load_default=None)
    machine_translated = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class LocalizationSchema(WrittenLocalizationSchema):
    """The article in one language, as published."""

    makes = article.Localization
    source_version = fields.Integer(strict=True, allow_none=True, load_default=None)
    content_hash = Text(most=64, allow_none=True, load_default=None)


class MediaUseSchema(Shape):
    """A picture as this article uses it."""

    makes = article.MediaUse
    asset = Id(required=True)
    role = fields.Enum(article.MediaRole, by_value=True, required=True)
    alt = _by_locale(Text(most=1_000))
    caption = _by_locale(Text(most=2_000))
    credit = Text(most=300, allow_none=True, load_default=None)


class SpeakerSchema(Shape):
    """Who speaks, by office."""

    makes = article.Speaker
    office = _by_locale(Text(most=300))
    name = Text(most=200, allow_none=True, load_default=None)


class LinksSchema(Shape):
    """Other articles."""

    makes = article.Links
    related = Items(Id(), most=50, load_default=())
    corrects = Id(allow_none=True, load_default=None)
    supersedes = Id(allow_none=True, load_default=None)


class RightsSchema(Shape):
    """How others may use it."""

    makes = article.Rights
    usage_terms = _by_locale(Text(most=2_000))
    attribution = Text(most=300, allow_none=True, load_default=None)


class DescriptionSchema(Shape):
    """What an article is about and whose it is, in no language: shared by drafts and articles."""

    kind = fields.Enum(article.Kind, by_value=True, required=True)
    source_locale = Locale(required=True)
    audience = fields.Enum(article.Audience, by_value=True, load_default=article.Audience.PUBLIC)
    urgency = fields.Integer(
        strict=True,
        load_default=5,
        validate=validate.Range(1, 8),
        metadata={"description": "IPTC urgency, 1 (flash) to 8."},
    )
    embargo_until = When(allow_none=True, load_default=None)
    topics = Items(Code(), most=50, load_default=())
    places = Items(Country(), most=50, load_default=())
    missions = Items(Slug(), most=200, load_default=())
    speaker = Part(SpeakerSchema, allow_none=True, load_default=None)
    byline = Text(most=300, allow_none=True, load_default=None)
    media = Items(Part(MediaUseSchema), most=100, load_default=())
    links = Part(LinksSchema, load_default=article.Links)
    rights = Part(RightsSchema, load_default=article.Rights)


class ArticleSchema(DescriptionSchema):
    """One published version of an article in all its languages."""

    makes = article.Article
    id = Id(required=True)
    version = fields.Integer(strict=True, required=True, validate=validate.Range(1))
    revision = fields.Enum(article.Revision, by_value=True, required=True)
    first_published_at = When(required=True)
    published_at = When(required=True)
    locales = Mapped(keys=Locale(), values=Part(LocalizationSchema), required=True)
    signature = Text(
        most=1_000,
        allow_none=True,
        load_default=None,
        metadata={"description": "Detached JWS (EdDSA) over the RFC 8785 form of the rest."},
    )


class RenditionSchema(Shape):
    """One made form of an asset."""

    makes = media.Rendition
    profile = Text(most=60, required=True)
    url = WebAddress(required=True)
    media_type = Text(most=100, required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    bytes = fields.Integer(required=True)
    sha256 = Text(most=64, required=True)


class AssetSchema(Shape):
    """A picture and what can be had of it."""

    makes = media.Asset
    id = Id(required=True)
    state = fields.Enum(media.AssetState, by_value=True, required=True)
    sha256 = Text(most=64, required=True)
    media_type = Text(most=100, required=True)
    bytes = fields.Integer(required=True)
    width = fields.Integer(allow_none=True, load_default=None)
    height = fields.Integer(allow_none=True, load_default=None)
    filename = Text(most=255, allow_none=True, load_default=None)
    credit = Text(most=300, allow_none=True, load_default=None)
    rights = Text(most=2_000, allow_none=True, load_default=None)
    caption = _by_locale(Text(most=2_000))
    alt = _by_locale(Text(most=1_000))
    reason = Text(most=1_000, allow_none=True, load_default=None)
    renditions = Items(Part(RenditionSchema), load_default=())


class ReceiptSchema(Shape):
    """What became of one delivery."""

    makes = Receipt
    delivery = Id(required=True)
    channel = Slug(required=True)
    article = Id(required=True)
    locale = Locale(required=True)
    served_locale = Locale(required=True)
    wanted_version = fields.Integer(required=True)
    version = fields.Integer(allow_none=True, load_default=None)
    action = fields.Enum(Action, by_value=True, required=True)
    state = fields.Enum(DeliveryState, by_value=True, required=True)
    at = When(required=True)
    attempts = fields.Integer(load_default=0)
    external_id = Text(most=500, allow_none=True, load_default=None)
    url = Text(most=2_000, allow_none=True, load_default=None)
    reason = Text(most=2_000, allow_none=True, load_default=None)
    closed = fields.Boolean(dump_only=True)

    @post_dump
    def with_closed(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Keep `closed` last; it is derived, and ignored on the way in."""
        if "closed" in data:
            data["closed"] = data.pop("closed")
        return data
