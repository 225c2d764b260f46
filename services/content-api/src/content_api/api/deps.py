# SPDX-License-Identifier: EUPL-1.2
"""What resources share: their dependencies, and how they read what HTTP gives them."""

import re
from dataclasses import dataclass
from typing import Final

from flask import current_app, request

from communique.errors import InvalidInput, PreconditionMissing
from communique.events.fields import Locale
from communique.ids import is_id
from content_api.domain.errors import NoSuchArticle
from content_api.ports import Deps

_DRAFT_ETAG: Final = re.compile(r'"d([1-9][0-9]{0,8})"')


@dataclass(frozen=True, slots=True)
class Site:
    """Where the public finds articles and pictures (no slash at the end), and who publishes.

    `fresh` and `fresh_at_cdn`: for how many seconds a reader, and a CDN, may take an answer as so.
    """

    site_url: str
    media_url: str
    publisher: str = "Ministry of Foreign Affairs"
    fresh: int = 5
    fresh_at_cdn: int = 5

    def page(self, locale: str, slug: str) -> str:
        """Return the address of an article's page."""
        return f"{self.site_url}/articles/{locale}/{slug}"


def deps() -> Deps:
    """Return the dependencies of the present application."""
    found: Deps = current_app.extensions["deps"]
    return found


def site() -> Site:
    """Return the public addresses."""
    found: Site = current_app.extensions["site"]
    return found


def article_id(text: str) -> str:
    """Return the id in a path, or raise NoSuchArticle: no article has another form of id."""
    if not is_id(text):
        raise NoSuchArticle
    return text


def locale_in_path(text: str) -> str:
    """Return the language in a path.

    Raises:
        InvalidInput: it is no language tag.
    """
    if not Locale.form.fullmatch(text):
        raise InvalidInput("Check locale.", errors={"locale": [Locale.message]})
    return text


def seen_draft() -> int:
    """Return the number of the draft in If-Match; 0 when it names none of ours.

    Raises:
        PreconditionMissing: the header is not there.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionMissing(
            'Send If-Match with the ETag of the draft you have seen, such as "d3".',
            errors={"If-Match": ["Required."]},
        )
    match = _DRAFT_ETAG.fullmatch(given.strip())
    return int(match[1]) if match else 0


def source_draft() -> int | None:
    """Return the number of the draft in Source-Draft; 0 when it names none of ours."""
    given = request.headers.get("Source-Draft")
    if given is None:
        return None
    match = _DRAFT_ETAG.fullmatch(given.strip())
    return int(match[1]) if match else 0
