# SPDX-License-Identifier: EUPL-1.2
"""A place in a list as an opaque word; good for lists of the same order only."""

import base64
import binascii
from datetime import datetime

from communique.clock import rfc3339
from communique.errors import InvalidInput
from communique.ids import is_id
from content_api.domain.selection import Mark, Order


def to_cursor(mark: Mark, order: Order) -> str:
    """Write a place."""
    text = f"{order.value} {rfc3339(mark.moment)} {mark.article}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def from_cursor(cursor: str, order: Order) -> Mark:
    """Read a place.

    Raises:
        InvalidInput: it is no cursor of ours, or of a list in another order.
    """
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        given, moment, article = text.split(" ")
        mark = Mark(datetime.fromisoformat(moment), article)
    except (ValueError, binascii.Error) as error:
        raise _not_ours() from error
    if given != order.value or not is_id(article) or mark.moment.tzinfo is None:
        raise _not_ours()
    return mark


def _not_ours() -> InvalidInput:
    return InvalidInput("Check cursor.", errors={"cursor": ["Not a cursor of this list."]})
