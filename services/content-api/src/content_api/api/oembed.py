# SPDX-License-Identifier: EUPL-1.2
"""oEmbed: what another site shows when somebody links to one of our pages. JSON only."""

from html import escape
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

import orjson
from flask import Response
from flask_restx import Namespace, Resource
from marshmallow import fields, validate

from communique.errors import NotFound
from communique.events.fields import Locale, Shape, Slug, Text, WebAddress
from communique.web.auth import PUBLIC
from communique.web.operation import operation
from communique.web.problems import problem
from content_api.api.deps import deps, site
from content_api.api.finished import article_key, finished
from content_api.api.fragments import Fragments
from content_api.api.words import direction
from content_api.ports import Stored
from content_api.use_cases.read_article import read_by_slug

api: Final = Namespace("oembed", path="/v1/oembed", description="Cards for other sites.")
_WIDTH: Final = 600
_HEIGHT: Final = 240
_CACHED: Final = 300


class CardQuerySchema(Shape):
    """The page to embed, and the room there is."""

    url = WebAddress(required=True)
    format = fields.String(load_default="json", validate=validate.Length(max=20))
    maxwidth = fields.Integer(validate=validate.Range(1, 100_000))
    maxheight = fields.Integer(validate=validate.Range(1, 100_000))


class CardSchema(Shape):
    """oEmbed 1.0, type rich."""

    version = Text()
    type = Text()
    title = Text()
    html = Text()
    width = fields.Integer()
    height = fields.Integer()
    author_name = Text()
    author_url = WebAddress()
    provider_name = Text()
    provider_url = WebAddress()
    cache_age = fields.Integer()


class NotOurs(NotFound):
    """The address is not that of a page of ours."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "This is not the address of an article of ours.",
            errors={"url": ["Not the address of an article of ours."]},
        )


@api.route("")
class EmbedResource(Resource):
    """A card."""

    @operation(
        rule=PUBLIC,
        query=CardQuerySchema,
        answers={200: CardSchema, 304: None, 404: None, 410: None, 501: None},
    )
    def get(self, *, query: dict[str, Any]) -> Response:
        """Describe one of our pages for embedding; we have JSON only (501 for xml)."""
        if query["format"] != "json":
            return problem(501, "Ask for format=json.")
        stored = read_by_slug(*place_of(query["url"]), deps())
        body = orjson.dumps(_card(stored, query))
        etag = Fragments(CardSchema, ()).etag([stored], repr(sorted(query.items())))
        return finished(body, etag, needed=None, keys=(article_key(stored.article),))


def place_of(url: str) -> tuple[str, str]:
    """Return the language and the slug of a page of ours.

    Raises:
        NotOurs: it is the address of something else.
    """
    parts, ours = urlsplit(url), urlsplit(site().site_url)
    path = unquote(parts.path).removeprefix(ours.path).split("/")
    if parts.netloc != ours.netloc or len(path) != 4 or path[:2] != ["", "articles"]:
        raise NotOurs
    if not Locale.form.fullmatch(path[2]) or not Slug.form.fullmatch(path[3]):
        raise NotOurs
    return path[2], path[3]


def discovery(page: str) -> str:
    """Return where the card of a page is described."""
    return f"{site().site_url}/v1/oembed?format=json&url={quote(page, safe='')}"


def _card(stored: Stored, query: dict[str, Any]) -> dict[str, Any]:
    text = orjson.loads(stored.body)["locales"][stored.locale]
    page = site().page(stored.locale, stored.slug or "")
    summary = f"<p>{escape(text['summary'])}</p>" if text["summary"] else ""
    return {
        "version": "1.0",
        "type": "rich",
        "title": text["title"],
        "html": f'<blockquote lang="{stored.locale}" dir="{direction(stored.locale)}">'
        f'<p><a href="{escape(page)}">{escape(text["title"])}</a></p>{summary}'
        f"<footer>{escape(site().publisher)}</footer></blockquote>",
        "width": min(_WIDTH, query.get("maxwidth", _WIDTH)),
        "height": min(_HEIGHT, query.get("maxheight", _HEIGHT)),
        "author_name": site().publisher,
        "author_url": f"{site().site_url}/",
        "provider_name": site().publisher,
        "provider_url": f"{site().site_url}/",
        "cache_age": _CACHED,
    }
