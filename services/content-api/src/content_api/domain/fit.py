# SPDX-License-Identifier: EUPL-1.2
"""Refuse what would silently be dropped.

That is words for a language that the document does not have, and, in a translation, pictures that
neither its source nor the description knows.
"""

from collections.abc import Iterator, Mapping

from communique.errors import InvalidInput
from content_api.domain.document import Document
from content_api.domain.following import assets_of


def check_fit(document: Document) -> None:
    """Refuse a document whose parts do not belong together.

    Raises:
        InvalidInput: naming every part that has no place.
    """
    errors = {pointer: ["There is no such language in locales."] for pointer in _words(document)}
    errors |= {
        pointer: ["Neither the source nor media has this asset."] for pointer in _assets(document)
    }
    if errors:
        raise InvalidInput("Parts of the document would be dropped.", errors=errors)


def _words(document: Document) -> Iterator[str]:
    places: dict[str, Mapping[str, str]] = {"/rights/usage_terms": document.rights.usage_terms}
    if document.speaker is not None:
        places["/speaker/office"] = document.speaker.office
    for index, use in enumerate(document.media):
        places[f"/media/{index}/alt"] = use.alt
        places[f"/media/{index}/caption"] = use.caption
    for place, words in places.items():
        yield from (f"{place}/{locale}" for locale in words if locale not in document.locales)


def _assets(document: Document) -> Iterator[str]:
    known = {use.asset for use in document.media}
    source = document.locales[document.source_locale]
    known.update(asset for block in source.body for asset in assets_of(block))
    for locale, text in document.locales.items():
        for index, block in enumerate(text.body):
            if not known.issuperset(assets_of(block)):
                yield f"/locales/{locale}/body/{index}"
