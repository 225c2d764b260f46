# SPDX-License-Identifier: EUPL-1.2
"""Atom (RFC 4287) with tombstones (RFC 6721)."""

from collections.abc import Sequence

from lxml import etree

from syndicator.domain.fragments import XML_LANG, add, head, inner, rfc3339, splice
from syndicator.domain.reading import Reading
from syndicator.domain.tags import scheme_and_code
from syndicator.ports import Feed, Rendered, View

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
PREFIXES: dict[str | None, str] = {None: ATOM, "at": TOMBSTONE}
CLOSING = b"</feed>"
WEB_PAGE = "text/html"
# Some readers open the first alternate, some the last of type "text/html": both get the served one.
TRANSLATED_PAGE = "text/html;charset=utf-8"


class AtomFormatter:
    """One entry of a feed, or its tombstone."""

    media_type = "application/atom+xml"

    def render(self, view: View) -> Rendered:
        """Write one entry."""
        reading = Reading(view.article, view.served_locale, view.link, view.assets)
        root = self._root()
        if view.article.retracted and view.options.get("retraction_policy") == "delete":
            self._tombstone(root, reading)
            return Rendered(inner(root), self.media_type)
        entry = add(root, f"{ATOM}entry", attributes={XML_LANG: reading.locale})
        self._identity(entry, reading)
        self._links(entry, view)
        self._categories(entry, reading)
        self._pictures(entry, reading)
        self._text(entry, reading)
        return Rendered(inner(root), self.media_type)

    def join(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Put entries into a feed."""
        root = self._root()
        root.set(XML_LANG, feed.locale)
        add(root, f"{ATOM}id", feed.id)
        add(root, f"{ATOM}title", feed.title)
        add(root, f"{ATOM}updated", rfc3339(feed.updated))
        add(add(root, f"{ATOM}author"), f"{ATOM}name", feed.author)
        add(root, f"{ATOM}generator", "Communiqué")
        self._link(root, "self", feed.self_url, self.media_type)
        self._link(root, "alternate", feed.site_url, WEB_PAGE, feed.locale)
        if feed.hub_url:
            self._link(root, "hub", feed.hub_url)
        for locale, url in feed.alternates.items():
            self._link(root, "alternate", url, self.media_type, locale)
        return splice(head(root, CLOSING), entries, CLOSING)

    def _root(self) -> etree._Element:
        namespaces = {prefix: name.strip("{}") for prefix, name in PREFIXES.items()}
        feed = f"{ATOM}feed"
        return etree.Element(feed, nsmap=namespaces)  # type: ignore[arg-type]  # None is the default

    def _link(
        self,
        parent: etree._Element,
        relation: str,
        url: str,
        media_type: str | None = None,
        locale: str | None = None,
    ) -> None:
        attributes = {"rel": relation, "href": url, "type": media_type, "hreflang": locale}
        add(parent, f"{ATOM}link", attributes=attributes)

    def _tombstone(self, root: etree._Element, reading: Reading) -> None:
        when = rfc3339(reading.article.published_at)
        entry = add(
            root, f"{TOMBSTONE}deleted-entry", attributes={"ref": reading.urn, "when": when}
        )
        add(entry, f"{TOMBSTONE}comment", reading.note, {XML_LANG: reading.locale})

    def _identity(self, entry: etree._Element, reading: Reading) -> None:
        add(entry, f"{ATOM}id", reading.urn)
        add(entry, f"{ATOM}title", reading.title)
        add(entry, f"{ATOM}published", rfc3339(reading.article.first_published_at))
        add(entry, f"{ATOM}updated", rfc3339(reading.article.published_at))
        if reading.author:
            add(add(entry, f"{ATOM}author"), f"{ATOM}name", reading.author)
        if reading.rights:
            add(entry, f"{ATOM}rights", reading.rights)

    def _links(self, entry: etree._Element, view: View) -> None:
        """Link every language, the served one first."""
        self._link(entry, "alternate", view.link, WEB_PAGE, view.served_locale)
        for locale, url in view.links.items():
            if locale != view.served_locale:
                self._link(entry, "alternate", url, TRANSLATED_PAGE, locale)

    def _categories(self, entry: etree._Element, reading: Reading) -> None:
        for topic in reading.article.topics:
            scheme, code = scheme_and_code(topic)
            add(entry, f"{ATOM}category", attributes={"term": code, "scheme": scheme})
        for keyword in reading.localization.keywords:
            add(entry, f"{ATOM}category", attributes={"term": keyword})

    def _pictures(self, entry: etree._Element, reading: Reading) -> None:
        lead = reading.album.lead()
        if lead is None:
            return
        attributes = {
            "rel": "enclosure",
            "href": lead.rendition.url,
            "type": lead.rendition.media_type,
            "length": str(lead.rendition.bytes),
            "title": lead.alt or None,
        }
        add(entry, f"{ATOM}link", attributes=attributes)

    def _text(self, entry: etree._Element, reading: Reading) -> None:
        if reading.summary:
            add(entry, f"{ATOM}summary", reading.summary)
        add(entry, f"{ATOM}content", reading.html, {"type": "html"})
