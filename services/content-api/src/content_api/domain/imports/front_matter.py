# SPDX-License-Identifier: EUPL-1.2
"""A page of Markdown under front matter in YAML."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import yaml

from content_api.domain.imports.item import Form, Read, SourceItem, Unread, Wrong, moment

_KNOWN: Final = frozenset(
    {"title", "date", "updated", "language", "slug", "summary", "authors", "categories", "tags"}
    | {"draft"}
)


class _Loader(yaml.SafeLoader):
    """Reads YAML without aliases, which could make a small file enormous, and without dates."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        return super().compose_node(parent, index)


def load_yaml(text: str) -> Any:
    """Read YAML from outside.

    Raises:
        Wrong: it is none, or holds aliases.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506  # a safe loader, only stricter
    except (yaml.YAMLError, RecursionError) as error:
        raise Wrong(f"no YAML that can be read: {' '.join(str(error).split())}") from error


def read_page(name: str, document: bytes) -> Read:
    """Return one page; its name is its identity."""
    try:
        return _read(name, document.decode("utf-8-sig"))
    except (Wrong, UnicodeDecodeError) as error:
        return Unread(name, (str(error),))


def _read(name: str, text: str) -> Read:
    head, body = _split(text.replace("\r\n", "\n"))
    facts = load_yaml(head)
    if not isinstance(facts, Mapping):
        raise Wrong("the front matter is no mapping")
    unknown = sorted(map(str, set(facts) - _KNOWN))
    if unknown:
        raise Wrong(f"the front matter has {', '.join(unknown)}, which nobody reads")
    if facts.get("draft"):
        return Unread(name, ("is a draft",), problem=False)
    return SourceItem(
        id=name,
        title=_word(facts, "title"),
        text=body,
        form=Form.MARKDOWN,
        published_at=_moment(facts, "date"),
        modified_at=_moment(facts, "updated") if facts.get("updated") else None,
        language=_word(facts, "language"),
        summary=_word(facts, "summary") or None,
        slug=_word(facts, "slug") or None,
        authors=_words(facts, "authors"),
        categories=_words(facts, "categories"),
        keywords=_words(facts, "tags"),
    )


def _split(text: str) -> tuple[str, str]:
    if not text.startswith("---\n"):
        raise Wrong("has no front matter")
    head, mark, body = text[4:].partition("\n---\n")
    if not mark:
        raise Wrong("the front matter does not end")
    return head, body


def _moment(facts: Mapping[str, Any], name: str) -> datetime:
    value = facts.get(name)
    if isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(value, date):
        raise Wrong(f"{name} is a day without a time")
    return moment(None if value is None else str(value), name)


def _word(facts: Mapping[str, Any], name: str) -> str:
    value = facts.get(name)
    if value is not None and not isinstance(value, str):
        raise Wrong(f"{name} is no text: {value!r:.40}")
    return (value or "").strip()


def _words(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = facts.get(name)
    if value is None:
        return ()
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in found):
        raise Wrong(f"{name} is no list of texts")
    return tuple(each.strip() for each in found)
