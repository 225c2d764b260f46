# SPDX-License-Identifier: EUPL-1.2
"""An imported article passes the same shapes as one that a desk sends."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from communique.events.shapes import BlockField
from communique.web.problems import invalid
from content_api.api.schemas import DocumentInputSchema
from content_api.domain.document import Document


def load_document(data: Mapping[str, Any]) -> Document:
    """Return the document; bodies come as blocks.

    Raises:
        InvalidInput: naming each wrong field by JSON pointer.
    """
    block = BlockField()
    locales = {
        locale: {
            **text,
            "body": [block.serialize("it", {"it": each}) for each in text["body"]],
        }
        for locale, text in data["locales"].items()
    }
    try:
        document: Document = DocumentInputSchema().load({**data, "locales": locales})
    except ValidationError as error:
        raise invalid(error.normalized_messages()) from error
    return document
