# SPDX-License-Identifier: EUPL-1.2
"""WordPress eXtended RSS: what its export writes. Published posts only; the rest is listed."""

import re
from datetime import UTC, datetime
from typing import Final

from content_api.domain.imports.item import Form, Items, Read, SourceItem, Unread, Unreadable, Wrong
from content_api.domain.imports.safe_xml import Element, elements, text

_WP: Final = re.compile(r"http://wordpress\.org/export/1\.[0-2]/")
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_EDITOR_MARKS: Final = re.compile(r"<!--\s*/?(?:wp:[^>]*|more|nextpage)-->")
_SHORTCODE: Final = re.compile(r"\[/?(caption|gallery|embed|audio|video|playlist|[a-z]+_[a-z_]+)\b")
_BLOCK: Final = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|table|t[hrd]|thead|tbody|blockquote|figure|hr|pre|section)\b"
)


def read_wxr(document: bytes) -> Items:
    """Yield every item of an export.

    Raises:
        Unreadable: it is no such export.
    """
    known = False
    for root, item in elements(document, frozenset({"item"})):
        space = next((uri for uri in root.nsmap.values() if _WP.fullmatch(uri)), None)
        if space is None:
            break
        known = True
        channel = root.find("channel")
        language = "" if channel is None else text(channel, "language")
        yield _read(item, f"{{{space}}}", space, language)
    if not known:
        raise Unreadable("no items of a WordPress export (WXR 1.0 to 1.2)")


def _read(item: Element, wp: str, space: str, language: str) -> Read:
    name = text(item, "guid") or text(item, f"{wp}post_id") or text(item, "title")
    kind, status = text(item, f"{wp}post_type"), text(item, f"{wp}status")
    if (kind, status) != ("post", "publish"):
        return Unread(name, (f"is {kind or 'nothing'} with status {status}",), problem=False)
    try:
        return SourceItem(
            id=name,
            title=text(item, "title"),
            text=_html(text(item, _CONTENT)),
            form=Form.HTML,
            published_at=_moment(text(item, f"{wp}post_date_gmt"), "post_date_gmt"),
            modified_at=_modified(text(item, f"{wp}post_modified_gmt")),
            language=language,
            summary=text(item, f"{{{space}excerpt/}}encoded") or None,
            slug=text(item, f"{wp}post_name") or None,
            authors=tuple(filter(None, [text(item, _CREATOR)])),
            categories=_terms(item, "category"),
            keywords=_terms(item, "post_tag"),
        )
    except Wrong as error:
        return Unread(name, (str(error),))


def _terms(item: Element, domain: str) -> tuple[str, ...]:
    found = (each for each in item.iterfind("category") if each.get("domain") == domain)
    return tuple(dict.fromkeys((each.text or "").strip() for each in found if each.text))


def _moment(written: str, what: str) -> datetime:
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise Wrong(f"{what} is no date: {written!r}") from error


def _modified(written: str) -> datetime | None:
    return _moment(written, "post_modified_gmt") if written else None


def _html(content: str) -> str:
    """Return the content as HTML: no editor marks, paragraphs where blank lines meant them."""
    shortcode = _SHORTCODE.search(content)
    if shortcode:
        raise Wrong(f"the text holds a shortcode: [{shortcode[1]}]")
    bare = _EDITOR_MARKS.sub("", content).replace("\r\n", "\n")
    if re.search(r"<p\b", bare):
        return bare
    parts = (part.strip() for part in re.split(r"\n\s*\n", bare))
    return "\n".join(
        part if _BLOCK.match(part) else f"<p>{part.replace(chr(10), '<br>')}</p>"
        for part in parts
        if part
    )
