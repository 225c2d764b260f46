# SPDX-License-Identifier: EUPL-1.2
"""Sitemaps for search engines: an index, one per language and month in parts, the news, robots."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from flask import Response
from flask_restx import Namespace, Resource
from lxml import etree

from communique.clock import rfc3339
from communique.errors import NotFound
from communique.events.fields import Locale
from communique.web.auth import PUBLIC
from communique.web.operation import operation
from content_api.api.deps import deps, site
from content_api.api.finished import EVERY_LIST, finished
from content_api.api.links import for_strangers, pages_of
from content_api.ports import Address, Month, Stored

api: Final = Namespace("sitemaps", path="/", description="For search engines.")
XML: Final = "application/xml"
PART: Final = 2_000
_NEWS_DAYS: Final = timedelta(days=2)
_MOST_NEWS: Final = 1_000
_NEWS_KEPT: Final = 60.0  # an article leaves the news by the clock, which nothing notifies
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
_FILE: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-([1-9][0-9]{0,3})\.xml")
#: The search engines want ISO 639 codes, and these two.
_NEWS_LANGUAGES: Final = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}
_ANSWERS: Final[dict[int, Any]] = {200: XML, 304: None}


class NoSuchSitemap(NotFound):
    """There is no such part."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("There is no such sitemap.")


@api.route("/sitemap.xml")
class IndexResource(Resource):
    """The index."""

    @operation(rule=PUBLIC, answers=_ANSWERS)
    def get(self) -> Response:
        """List the sitemaps of every language."""
        files = [name for each in deps().sitemap.months() for name in _files(each)]
        root = _root("sitemapindex")
        for file in files:
            _add(_add(root, "sitemap"), "loc", file)
        return _answer(root)


@api.route("/sitemaps/<string:locale>/<string:file>")
class SitemapResource(Resource):
    """A part."""

    @operation(rule=PUBLIC, answers={**_ANSWERS, 404: None})
    def get(self, *, locale: str, file: str) -> Response:
        """List the pages of a language that were first published in a month."""
        found = _FILE.fullmatch(file)
        if found is None or not Locale.form.fullmatch(locale) or found[1] == "0000":
            raise NoSuchSitemap
        month = datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC)
        skip = (int(found[3]) - 1) * PART
        listed = deps().sitemap.month(locale, month, skip, PART)
        if not listed:
            raise NoSuchSitemap
        root = _root("urlset")
        for each in listed:
            _add_url(root, each)
        return _answer(root)


@api.route("/news-sitemap.xml")
class NewsResource(Resource):
    """The news."""

    @operation(rule=PUBLIC, answers=_ANSWERS)
    def get(self) -> Response:
        """List what was first published in the last two days, at most a thousand pages."""
        fresh = deps().sitemap.news(_NEWS_DAYS, _MOST_NEWS)
        root = _root("urlset")
        for each in fresh:
            _add_news(root, each)
        return _answer(root, seconds=_NEWS_KEPT)


@api.route("/robots.txt")
class RobotsResource(Resource):
    """What robots may do."""

    @operation(rule=PUBLIC, answers={200: "text/plain", 304: None})
    def get(self) -> Response:
        """Lead robots to the sitemaps, and away from shared drafts."""
        lines = (
            "User-agent: *",
            "Disallow: /previews/",
            "Disallow: /v1/",
            "",
            f"Sitemap: {site().site_url}/sitemap.xml",
            f"Sitemap: {site().site_url}/news-sitemap.xml",
            "",
        )
        body = "\n".join(lines).encode()
        return finished(body, _etag(body), needed=None, content_type="text/plain; charset=utf-8")


def _files(month: Month) -> Iterator[str]:
    for part in range(1, -(-month.count // PART) + 1):
        yield f"{site().site_url}/sitemaps/{month.locale}/{month.month:%Y-%m}-{part}.xml"


def _root(name: str) -> Any:
    spaces: dict[Any, str] = {None: _SITEMAP, "xhtml": _XHTML, "news": _NEWS}
    return etree.Element(f"{{{_SITEMAP}}}{name}", nsmap=spaces)


def _add(parent: Any, name: str, text: str | None = None, space: str = _SITEMAP) -> Any:
    child = etree.SubElement(parent, f"{{{space}}}{name}")
    child.text = text
    return child


def _add_url(root: Any, address: Address) -> None:
    pages = pages_of(address.slugs)
    url = _add(root, "url")
    _add(url, "loc", site().page(address.locale, address.slug))
    _add(url, "lastmod", rfc3339(address.published_at))
    strangers = for_strangers(pages)
    others = [*sorted(pages.items()), *([("x-default", pages[strangers])] if strangers else [])]
    for locale, page in others:
        link = _add(url, "link", space=_XHTML)
        link.attrib.update({"rel": "alternate", "hreflang": locale, "href": page})


def _add_news(root: Any, stored: Stored) -> None:
    text = orjson.loads(stored.body)["locales"][stored.locale]
    language = _NEWS_LANGUAGES.get(stored.locale, stored.locale.partition("-")[0])
    url = _add(root, "url")
    _add(url, "loc", site().page(stored.locale, stored.slug or ""))
    news = _add(url, "news", space=_NEWS)
    publication = _add(news, "publication", space=_NEWS)
    _add(publication, "name", site().publisher, _NEWS)
    _add(publication, "language", language, _NEWS)
    _add(news, "publication_date", rfc3339(stored.first_published_at), _NEWS)
    _add(news, "title", text["title"], _NEWS)


def _answer(root: Any, seconds: float | None = None) -> Response:
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return finished(
        body,
        _etag(body),
        needed=None,
        content_type=XML,
        keys=(EVERY_LIST,),
        seconds=seconds,
    )


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
