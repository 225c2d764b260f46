# SPDX-License-Identifier: EUPL-1.2
"""JSON Feed 1.1."""

from collections.abc import Sequence
from typing import Any

import orjson

from syndicator.domain.fragments import rfc3339
from syndicator.domain.pictures import Use
from syndicator.domain.reading import Reading
from syndicator.ports import Feed, Rendered, View

VERSION = "https://jsonfeed.org/version/1.1"
EXTENSION = "_communique"  # the format reserves names with an underscore for such
CLOSING = b"]}"


class JsonFeedFormatter:
    """One item of a feed. A deleted item is empty, and so absent."""

    media_type = "application/feed+json"

    def render(self, view: View) -> Rendered:
        """Write one item."""
        if view.article.retracted and view.options.get("retraction_policy") == "delete":
            return Rendered(b"", self.media_type)
        reading = Reading(view.article, view.served_locale, view.link, view.assets)
        item = {
            **self._identity(reading),
            **self._text(reading),
            **self._pictures(reading),
            EXTENSION: self._extension(view),
        }
        present = {name: value for name, value in item.items() if value}
        return Rendered(orjson.dumps(present), self.media_type)

    def join(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Put items into a feed."""
        head: dict[str, Any] = {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.site_url,
            "feed_url": feed.self_url,
            "language": feed.locale,
            "authors": [{"name": feed.author}],
        }
        if feed.hub_url:
            head["hubs"] = [{"type": "WebSub", "url": feed.hub_url}]
        head[EXTENSION] = {
            "id": feed.id,
            "updated": rfc3339(feed.updated),
            "alternates": dict(feed.alternates),
        }
        head["items"] = []
        opening = orjson.dumps(head).removesuffix(CLOSING)
        return b"".join([opening, b",\n".join(filter(None, entries)), CLOSING])

    def _identity(self, reading: Reading) -> dict[str, Any]:
        return {
            "id": reading.urn,
            "url": reading.link,
            "title": reading.title,
            "language": reading.locale,
            "date_published": rfc3339(reading.article.first_published_at),
            "date_modified": rfc3339(reading.article.published_at),
            "authors": [{"name": reading.author}] if reading.author else None,
            "tags": [*reading.article.topics, *reading.localization.keywords],
        }

    def _text(self, reading: Reading) -> dict[str, Any]:
        return {"summary": reading.summary, "content_html": reading.html or "<p></p>"}

    def _pictures(self, reading: Reading) -> dict[str, Any]:
        album = reading.album
        lead = album.lead()
        thumbnail = album.lead(Use.THUMBNAIL)
        attachments = [
            {
                "url": picture.rendition.url,
                "mime_type": picture.rendition.media_type,
                "size_in_bytes": picture.rendition.bytes,
                **({"title": picture.alt} if picture.alt else {}),
            }
            for picture in album.all()
        ]
        return {
            "banner_image": lead.rendition.url if lead else None,
            "image": (thumbnail or lead).rendition.url if lead else None,
            "attachments": attachments,
        }

    def _extension(self, view: View) -> dict[str, Any]:
        """Say which version this is, so that a site can acknowledge what it shows."""
        return {
            "version": view.article.version,
            "revision": view.article.revision,
            "alternates": dict(view.links),
        }
