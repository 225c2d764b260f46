# SPDX-License-Identifier: EUPL-1.2
"""RSS 2.0 with Media RSS, Dublin Core, content:encoded and atom:link."""

from collections.abc import Sequence

from lxml import etree

from syndicator.domain.fragments import add, head, inner, rfc822, rfc3339, splice
from syndicator.domain.markup import text
from syndicator.domain.pictures import Picture, Use
from syndicator.domain.reading import Reading
from syndicator.domain.tags import scheme_and_code
from syndicator.ports import Feed, Rendered, View

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DUBLIN_CORE, "media": MEDIA}
CLOSING = b"</channel></rss>"
MINUTES_TO_LIVE = "5"


class RssFormatter:
    """One item of a feed. RSS has no way to say "deleted": such an item is empty, and so absent."""

    media_type = "application/rss+xml"

    def render(self, view: View) -> Rendered:
        """Write one item."""
        if view.article.retracted and view.options.get("retraction_policy") == "delete":
            return Rendered(b"", self.media_type)
        reading = Reading(view.article, view.served_locale, view.link, view.assets)
        root = self._root()
        item = add(root, "item")
        self._identity(item, reading)
        self._text(item, reading)
        self._categories(item, reading)
        self._pictures(item, reading)
        return Rendered(self._unmistakable(inner(root)), self.media_type)

    def join(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Put items into a channel."""
        root = self._root()
        channel = add(root, "channel")
        add(channel, "title", feed.title)
        add(channel, "link", feed.site_url)
        add(channel, "description", feed.title)
        add(channel, "language", feed.locale)
        add(channel, "lastBuildDate", rfc822(feed.updated))
        add(channel, "generator", "Communiqué")
        add(channel, "ttl", MINUTES_TO_LIVE)
        self._link(channel, "self", feed.self_url)
        if feed.hub_url:
            self._link(channel, "hub", feed.hub_url)
        for locale, url in feed.alternates.items():
            self._link(channel, "alternate", url, locale)
        return splice(self._unmistakable(head(root, CLOSING)), entries, CLOSING)

    def _root(self) -> etree._Element:
        namespaces = {prefix: name.strip("{}") for prefix, name in PREFIXES.items()}
        return etree.Element("rss", {"version": "2.0"}, nsmap=namespaces)

    def _unmistakable(self, xml: bytes) -> bytes:
        """Write "&" and "<" in the title so that nobody takes them for HTML: it comes first."""
        before, tag, after = xml.partition(b"</title>")
        return before.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;") + tag + after

    def _link(
        self, channel: etree._Element, relation: str, url: str, locale: str | None = None
    ) -> None:
        media_type = None if relation == "hub" else self.media_type
        add(
            channel,
            f"{ATOM}link",
            attributes={"rel": relation, "href": url, "type": media_type, "hreflang": locale},
        )

    def _identity(self, item: etree._Element, reading: Reading) -> None:
        article = reading.article
        add(item, "title", reading.title)
        add(item, "link", reading.link)
        add(item, "guid", reading.urn, {"isPermaLink": "false"})
        add(item, "pubDate", rfc822(article.first_published_at))
        add(item, f"{ATOM}updated", rfc3339(article.published_at))
        add(item, f"{DUBLIN_CORE}language", reading.locale)
        if reading.author:
            add(item, f"{DUBLIN_CORE}creator", reading.author)
        if reading.rights:
            add(item, f"{DUBLIN_CORE}rights", reading.rights)

    def _text(self, item: etree._Element, reading: Reading) -> None:
        """Readers that take the first text they find must find the summary: it comes first."""
        if reading.summary:
            add(item, "description", text(reading.summary))
        add(item, f"{CONTENT}encoded", reading.html)

    def _categories(self, item: etree._Element, reading: Reading) -> None:
        for topic in reading.article.topics:
            scheme, code = scheme_and_code(topic)
            add(item, "category", code, {"domain": scheme})
        for keyword in reading.localization.keywords:
            add(item, "category", keyword)

    def _pictures(self, item: etree._Element, reading: Reading) -> None:
        album = reading.album
        lead = album.lead()
        if lead is None:
            return
        made = lead.rendition
        size = str(made.bytes)
        add(
            item,
            "enclosure",
            attributes={"url": made.url, "length": size, "type": made.media_type},
        )
        for picture in [lead, *(each for each in album.all() if each.asset != lead.asset)]:
            self._media(item, picture)
        thumbnail = album.picture(lead.asset, Use.THUMBNAIL)
        if thumbnail:
            self._thumbnail(item, thumbnail)

    def _media(self, item: etree._Element, picture: Picture) -> None:
        made = picture.rendition
        attributes = {
            "url": made.url,
            "type": made.media_type,
            "medium": "image",
            "fileSize": str(made.bytes),
            "width": str(made.width),
            "height": str(made.height),
        }
        content = add(item, f"{MEDIA}content", attributes=attributes)
        if picture.alt:
            add(content, f"{MEDIA}description", picture.alt, {"type": "plain"})
        if picture.credit:
            add(content, f"{MEDIA}credit", picture.credit)

    def _thumbnail(self, item: etree._Element, picture: Picture) -> None:
        made = picture.rendition
        size = {"width": str(made.width), "height": str(made.height)}
        add(item, f"{MEDIA}thumbnail", attributes={"url": made.url, **size})
