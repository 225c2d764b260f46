# SPDX-License-Identifier: EUPL-1.2
"""Refuse what would silently be dropped: words for a language that the document does not have."""

from collections.abc import Iterator, Mapping

from communique.errors import InvalidInput
from content_api.domain.document import Document


def check_fit(document: Document) -> None:
    """Refuse words that nobody would ever see.

    Raises:
        InvalidInput: naming all of them.
    """
    errors = {pointer: ["There is no such language in locales."] for pointer in _lost(document)}
    if errors:
        raise InvalidInput("Parts of the document would be dropped.", errors=errors)


def _lost(document: Document) -> Iterator[str]:
    places: dict[str, Mapping[str, str]] = {"/rights/usage_terms": document.rights.usage_terms}
    if document.speaker is not None:
        places["/speaker/office"] = document.speaker.office
    for index, use in enumerate(document.media):
        places[f"/media/{index}/alt"] = use.alt
        places[f"/media/{index}/caption"] = use.caption
    for place, words in places.items():
        yield from (f"{place}/{locale}" for locale in words if locale not in document.locales)
