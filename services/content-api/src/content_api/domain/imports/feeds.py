# SPDX-License-Identifier: EUPL-1.2
"""RSS 2.0 and Atom 1.0 feeds."""

import html
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from lxml import etree

from content_api.domain.imports.item import (
    Form,
    Items,
    Read,
    SourceItem,
    Unread,
    Unreadable,
    Wrong,
    moment,
)
from content_api.domain.imports.safe_xml import Element, elements, text, texts

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def read_feed(document: bytes) -> Items:
    """Yield every item of a feed.

    Raises:
        Unreadable: it is no feed.
    """
    known = False
    for root, element in elements(document, frozenset({"item", f"{_ATOM}entry"})):
        if root.tag not in {"rss", f"{_ATOM}feed"}:
            break
        known = True
        yield _rss(root, element) if element.tag == "item" else _atom(root, element)
    if not known:
        raise Unreadable("no items of RSS 2.0 or Atom 1.0")


def _rss(root: Element, item: Element) -> Read:
    name = text(item, "guid") or text(item, "link") or text(item, "title")
    channel = root.find("channel")
    try:
        full = text(item, _CONTENT)
        return SourceItem(
            id=name,
            title=text(item, "title"),
            text=full or _required(text(item, "description"), "content and description"),
            form=Form.HTML,
            published_at=_mail_date(text(item, "pubDate")),
            language="" if channel is None else text(channel, "language"),
            summary=text(item, "description") or None if full else None,
            slug=last_step(text(item, "link")),
            authors=texts(item, _CREATOR) or texts(item, "author"),
            categories=texts(item, "category"),
        )
    except Wrong as error:
        return Unread(name, (str(error),))


def _atom(root: Element, entry: Element) -> Read:
    name = text(entry, f"{_ATOM}id") or text(entry, f"{_ATOM}title")
    try:
        updated = moment(text(entry, f"{_ATOM}updated"), "updated")
        published = text(entry, f"{_ATOM}published")
        terms = (each.get("term") for each in entry.iterfind(f"{_ATOM}category"))
        return SourceItem(
            id=name,
            title=text(entry, f"{_ATOM}title"),
            text=_content(entry),
            form=Form.HTML,
            published_at=moment(published, "published") if published else updated,
            modified_at=updated,
            language=entry.get(_LANGUAGE) or root.get(_LANGUAGE) or "",
            summary=text(entry, f"{_ATOM}summary") or None,
            slug=last_step(_link(entry)),
            authors=texts(entry, f"{_ATOM}author/{_ATOM}name"),
            categories=tuple(term for term in terms if term),
        )
    except Wrong as error:
        return Unread(name, (str(error),))


def _content(entry: Element) -> str:
    content = entry.find(f"{_ATOM}content")
    if content is None or content.get("src"):
        raise Wrong("the text is not in the feed")
    kind = content.get("type", "text")
    if kind == "html":
        return "".join(map(str, content.itertext()))
    if kind == "text":
        return f"<p>{html.escape(content.text or '', quote=False)}</p>"
    if kind != "xhtml":
        raise Wrong(f"the text is of type {kind}")
    for element in content.iter(etree.Element):
        element.tag = etree.QName(element).localname
    holder = etree.Element("body")
    holder.extend(list(content))
    etree.cleanup_namespaces(holder)
    return "".join(etree.tostring(child, encoding="unicode") for child in holder)


def _link(entry: Element) -> str:
    for link in entry.iterfind(f"{_ATOM}link"):
        if link.get("rel", "alternate") == "alternate":
            return link.get("href", "")
    return ""


def last_step(address: str) -> str | None:
    """Return the last step of an address's path, without an ending."""
    path = address.partition("?")[0].partition("#")[0].rstrip("/")
    step = path.rpartition("/")[2] if path.count("/") > 2 else ""
    return step.partition(".")[0] or None


def _mail_date(written: str) -> datetime:
    try:
        found = parsedate_to_datetime(_required(written, "pubDate"))
    except ValueError as error:
        if isinstance(error, Wrong):
            raise
        raise Wrong(f"pubDate is no date: {written!r}") from error
    if found.tzinfo is None:
        raise Wrong(f"pubDate does not say its offset from UTC: {written!r}")
    return found.astimezone(UTC)


def _required(found: str, what: str) -> str:
    if not found:
        raise Wrong(f"{what} is missing")
    return found
