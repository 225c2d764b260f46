# SPDX-License-Identifier: EUPL-1.2
"""Where a reader looks: feeds, the agency's wire, the partner's webhook, the platforms, the API.

Each place says what stands there of one article in one language.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import orjson
from lxml import etree

from local_stack.demo.errors import NotYet
from local_stack.demo.web import Web, expect

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class Target:
    """One article as its readers know it: its id, and its slug per locale."""

    id: str
    slugs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader sees: all the words, how many copies of it, and the URLs of pictures."""

    words: str
    copies: int = 1
    replies: tuple[str, ...] = ()


class Place(Protocol):
    """One place in one language."""

    @property
    def channel(self) -> str:
        """The channel it belongs to."""
        ...

    @property
    def locale(self) -> str:
        """The language asked for there."""
        ...

    @property
    def form(self) -> str:
        """The format, or the platform."""
        ...

    def look(self, target: Target) -> Standing | None:
        """Return what stands there, or None."""
        ...


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """One feed in one format."""

    web: Web
    base: str
    channel: str
    locale: str
    form: str

    def look(self, target: Target) -> Standing | None:
        """Find the entry by its permanent id."""
        url = f"{self.base}/feeds/{self.channel}.{self.locale}.{self.form}"
        body = expect(self.web.ask("GET", url), 200).body
        found = _READERS[self.form](body, f"urn:uuid:{target.id}")
        return Standing(_plain(found[0]), len(found)) if found else None


def _rss(body: bytes, name: str) -> list[str]:
    items = etree.fromstring(body, _PARSER).iter("item")
    return [
        f"{item.findtext('title')} {item.findtext('description')} {item.findtext(_CONTENT)} "
        + _joined(item.xpath(".//@url"))
        for item in items
        if item.findtext("guid") == name
    ]


def _atom(body: bytes, name: str) -> list[str]:
    entries = etree.fromstring(body, _PARSER).iter(f"{_ATOM}entry")
    return [
        _joined(entry.itertext()) + " " + _joined(entry.xpath(".//@href"))
        for entry in entries
        if entry.findtext(f"{_ATOM}id") == name
    ]


def _joined(texts: Any) -> str:
    return " ".join(str(each) for each in texts)


def _json_feed(body: bytes, name: str) -> list[str]:
    items = orjson.loads(body)["items"]
    return [orjson.dumps(item).decode() for item in items if item["id"] == name]


_READERS: Final = {"rss": _rss, "atom": _atom, "json": _json_feed}


@dataclass(frozen=True, slots=True)
class WirePlace:
    """The agency's wire, pulled with its token from the beginning."""

    web: Web
    base: str
    key: str
    channel: str
    locale: str
    form: str = "ninjs"

    def look(self, target: Target) -> Standing | None:
        """Find the newest item of the article in this language."""
        since, found = "", []
        while True:
            url = f"{self.base}/wires/{self.channel}" + (f"?since={since}" if since else "")
            page = expect(self.web.ask("GET", url, key=self.key), 200).json()
            found += [item for item in page["items"] if _is_of(item, target, self.locale)]
            if not page["items"] or not page["next"] or page["next"] == since:
                break
            since = page["next"]
        return Standing(_plain(orjson.dumps(found[-1]).decode())) if found else None


@dataclass(frozen=True, slots=True)
class WebhookPlace:
    """The partner's receiver: what it believed, each webhook-id once."""

    web: Web
    base: str
    channel: str
    locale: str
    form: str = "webhook"

    def look(self, target: Target) -> Standing | None:
        """Find the newest believed delivery of the article in this language."""
        url = f"{self.base}/webhook/{self.channel}/received"
        items = expect(self.web.ask("GET", url), 200).json()["items"]
        if unbelieved := [each["reason"] for each in items if not each["verified"]]:
            raise NotYet(f"the receiver refused a signature: {unbelieved[0]}")
        bodies = [each["body"] for each in items if not each["duplicate"]]
        mine = [each for each in bodies if _is_of(_data(each), target, self.locale)]
        return Standing(_plain(orjson.dumps(mine[-1]).decode())) if mine else None


@dataclass(frozen=True, slots=True)
class PlatformPlace:
    """An account on a platform, seen as its readers see it: live posts that carry our link."""

    web: Web
    base: str
    channel: str
    locale: str
    form: str

    def look(self, target: Target) -> Standing | None:
        """Find the live posts of the article; replies to them are told apart."""
        url = f"{self.base}/_control/posts?platform={self.form}"
        posts = expect(self.web.ask("GET", url), 200).json()["items"]
        ours = re.compile(
            re.escape(f"/articles/{self.locale}/{target.slugs[self.locale]}") + r"\b(?!-)"
        )
        live = [each for each in posts if each["live"] and ours.search(_said(each))]
        first = [each for each in live if each["parent"] is None]
        replies = tuple(_said(each) for each in live if each["parent"] is not None)
        if not live:
            return None
        words = " ".join(_said(each) for each in first)
        return Standing(words, copies=len(first), replies=replies)


@dataclass(frozen=True, slots=True)
class ApiPlace:
    """The delivery API, as a ministry website reads it."""

    web: Web
    base: str
    key: str
    locale: str
    channel: str = "content-api"
    form: str = "api"

    def look(self, target: Target) -> Standing | None:
        """Read the article in this language; a retracted one answers 410 with its notice."""
        url = f"{self.base}/v1/articles/{target.id}?locale={self.locale}"
        answer = expect(self.web.ask("GET", url, key=self.key), 200, 404, 410)
        return None if answer.status == 404 else Standing(_plain(answer.body.decode()))


def _is_of(item: Mapping[str, Any], target: Target, locale: str) -> bool:
    return target.id in str(item.get("uri")) and item.get("language") == locale


def _data(body: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = body.get("data")
    return inner if isinstance(inner, Mapping) else body


def _said(post: Mapping[str, Any]) -> str:
    return f"{post['text']} {post.get('link') or ''}"


def _plain(text: str) -> str:
    """Drop tags and entities, so that words can be compared across formats."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(html.unescape(text))).split())
