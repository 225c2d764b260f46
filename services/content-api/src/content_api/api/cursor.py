# SPDX-License-Identifier: EUPL-1.2
"""A place in a list as an opaque word."""

import base64
import binascii
from datetime import datetime

from communique.clock import rfc3339
from communique.errors import InvalidInput
from communique.ids import is_id
from content_api.ports import Place


def to_cursor(place: Place) -> str:
    """Write a place."""
    text = f"{rfc3339(place.first_published_at)} {place.article}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def from_cursor(cursor: str) -> Place:
    """Read a place.

    Raises:
        InvalidInput: it is no cursor of ours.
    """
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, article = text.partition(" ")
        place = Place(datetime.fromisoformat(moment), article)
    except (ValueError, binascii.Error) as error:
        raise _not_ours() from error
    if not is_id(article) or place.first_published_at.tzinfo is None:
        raise _not_ours()
    return place


def _not_ours() -> InvalidInput:
    return InvalidInput("Check cursor.", errors={"cursor": ["Not a cursor of this list."]})
