# SPDX-License-Identifier: EUPL-1.2
"""A document as JSON and back, for keeping and for comparing."""

import hashlib
from typing import Final

import orjson

from communique.events.article import Localization
from communique.events.shapes import ArticleSchema, WrittenLocalizationSchema
from content_api.domain.document import Document

#: Fields that a published article has and a document has not.
OF_A_VERSION: Final = (
    "id",
    "version",
    "revision",
    "first_published_at",
    "published_at",
    "signature",
)


class DocumentSchema(ArticleSchema):
    """The content of one draft."""

    makes = Document  # type: ignore[assignment]  # the base names what it makes itself

    class Meta(ArticleSchema.Meta):
        """Leave out what only a version has."""

        exclude = OF_A_VERSION


def to_json(document: Document) -> bytes:
    """Write a document."""
    return orjson.dumps(DocumentSchema().dump(document), option=orjson.OPT_SORT_KEYS)


def from_json(text: bytes | str) -> Document:
    """Read a document that was written by an earlier or by this version of ours."""
    document: Document = DocumentSchema().lenient(orjson.loads(text))
    return document


def content_hash(localization: Localization) -> str:
    """Return the SHA-256 of the canonical JSON of what the desk wrote in one language."""
    written = WrittenLocalizationSchema().dump(localization)
    return hashlib.sha256(orjson.dumps(written, option=orjson.OPT_SORT_KEYS)).hexdigest()
