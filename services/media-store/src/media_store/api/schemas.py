# SPDX-License-Identifier: EUPL-1.2
"""The shapes that only this service's own HTTP interface has."""

from marshmallow import fields, validate

from communique.events.fields import Id, Locale, Shape, Text
from communique.events.shapes import AssetSchema
from communique.web.operation import page_of

AssetPageSchema = page_of(AssetSchema)


class UploadQuerySchema(Shape):
    """What may be said about an upload beside its bytes."""

    filename = Text(most=255, metadata={"description": "The picture's own file name."})


class PageQuerySchema(Shape):
    """Which page."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    cursor = Id(
        allow_none=True, load_default=None, metadata={"description": "`next` of the last page."}
    )


class DescribeAssetSchema(Shape):
    """The words to change; what is not named stays as it is."""

    credit = Text(most=300, allow_none=True)
    rights = Text(most=2_000, allow_none=True)
    caption = fields.Dict(keys=Locale(), values=Text(most=2_000))
    alt = fields.Dict(keys=Locale(), values=Text(most=1_000))
