# SPDX-License-Identifier: EUPL-1.2
"""IPTC ninjs 1.x, 2.x and 3.x: one item, an array of items, or an item a line."""

import html
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

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

_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})


def read_ninjs(document: bytes) -> Items:
    """Yield every item of a file.

    Raises:
        Unreadable: it is not JSON.
    """
    for number, item in enumerate(_documents(document), 1):
        yield _read(item, f"item {number}")


def _documents(document: bytes) -> Iterator[Any]:
    try:
        found = orjson.loads(document)
    except orjson.JSONDecodeError:
        lines = [line for line in document.splitlines() if line.strip()]
        try:
            yield from [orjson.loads(line) for line in lines]
        except orjson.JSONDecodeError as error:
            raise Unreadable(f"no JSON that can be read: {error}") from error
        return
    yield from found if isinstance(found, list) else [found]


def _read(item: Any, place: str) -> Read:
    if not isinstance(item, Mapping) or not isinstance(item.get("uri"), str):
        return Unread(place, ("is no ninjs item: it has no uri",))
    name = str(item["uri"])
    status = _any(item, "pubstatus", "pubStatus") or "usable"
    if item.get("type", "text") != "text" or status != "usable":
        reason = f"is {item.get('type', 'text')} with status {status}"
        return Unread(name, (reason,), problem=False)
    try:
        return _item(item, name)
    except Wrong as error:
        return Unread(name, (str(error),))


def _item(item: Mapping[str, Any], name: str) -> SourceItem:
    changed = moment(_word(_any(item, "versioncreated", "versionCreated")), "versioncreated")
    first = _word(_any(item, "firstcreated", "firstCreated"))
    return SourceItem(
        id=name,
        title=_value(item, "headlines", "main") or _word(item.get("headline")),
        text=_body(item),
        form=Form.HTML,
        published_at=moment(first, "firstcreated") if first else changed,
        modified_at=changed,
        language=_word(item.get("language")),
        summary=_value(item, "descriptions", "summary")
        or _word(item.get("description_text"))
        or None,
        slug=_word(item.get("slugline")) or None,
        authors=_authors(item),
        categories=tuple(_subjects(item)),
        keywords=tuple(map(_word, item.get("keywords", ()))),
    )


def _body(item: Mapping[str, Any]) -> str:
    for name in ("body_xhtml", "body_html"):
        if item.get(name):
            return _word(item[name])
    bodies = [each for each in item.get("bodies", ()) if isinstance(each, Mapping)]
    for body in bodies:
        if _any(body, "contenttype", "contentType") in _HTML:
            return _word(body.get("value"))
    plain = _word(item.get("body_text")) or next((_word(each.get("value")) for each in bodies), "")
    if not plain:
        raise Wrong("the item has no text")
    parts = (part.strip() for part in plain.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)


def _summary(item: Mapping[str, Any]) -> str | None:
    return _value(item, "descriptions", "summary") or _word(item.get("description_text")) or None


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    by = _value(item, "bylines", "main") or _word(item.get("byline"))
    return (by,) if by else ()


def _subjects(item: Mapping[str, Any]) -> Iterator[str]:
    for subject in _any(item, "subject", "subjects") or ():
        if not isinstance(subject, Mapping):
            raise Wrong("a subject is no object")
        said = _any(subject, "code", "uri", "name")
        yield _word(said)


def _value(item: Mapping[str, Any], name: str, role: str) -> str:
    found = [each for each in item.get(name, ()) if isinstance(each, Mapping)]
    for each in found:
        if each.get("role", role) == role:
            return _word(each.get("value"))
    if found:
        return _word(found[0].get("value"))
    return ""


def _any(item: Mapping[str, Any], *names: str) -> Any:
    return next((item[name] for name in names if item.get(name)), None)


def _word(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Wrong(f"{value!r:.40} is no text")
    return value.strip()
