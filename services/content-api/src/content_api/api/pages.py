# SPDX-License-Identifier: EUPL-1.2
"""The public page of an article: what posts and feeds link to. No script, one small style."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Final

import orjson
from flask import Response
from flask_restx import Namespace, Resource
from jinja2 import Environment, PackageLoader, StrictUndefined

from communique.events.fields import Locale, Slug
from communique.web.auth import PUBLIC
from communique.web.operation import operation
from content_api.api.deps import deps, site
from content_api.api.finished import article_key, finished
from content_api.api.links import article_links, for_strangers, pages_of
from content_api.api.oembed import discovery
from content_api.api.structured_data import news_article
from content_api.api.words import day, direction, words
from content_api.domain.document import Document
from content_api.domain.document_codec import to_json
from content_api.domain.errors import NoSuchArticle, Withdrawn
from content_api.ports import Stored
from content_api.use_cases.list_live import addresses
from content_api.use_cases.read_article import read_by_slug

api: Final = Namespace("pages", path="/articles", description="Pages for people.")
HTML: Final = "text/html; charset=utf-8"
STYLE: Final = (
    ":root{color-scheme:light dark;--ink:#1b1f24;--quiet:#4a5260;--paper:#fff;--line:#c9ced6;"
    "--accent:#8a1c1c;--wash:#f6f3ee}"
    "@media(prefers-color-scheme:dark){:root{--ink:#eceff3;--quiet:#b3bbc7;--paper:#14171b;"
    "--line:#3b434e;--accent:#f0a3a3;--wash:#1e2228}}"
    "*{box-sizing:border-box}"
    "body{margin:0;font:1.125rem/1.65 system-ui,sans-serif;color:var(--ink);"
    "background:var(--paper)}"
    "header,main,footer{max-width:44rem;margin:0 auto;padding:1rem}"
    "header{border-block-end:.2rem solid var(--accent);font-weight:600}"
    "footer{border-block-start:1px solid var(--line);color:var(--quiet);font-size:.9rem}"
    ".skip{position:absolute;inset-inline-start:-99rem}"
    ".skip:focus{position:static;display:block;padding:.5rem 1rem}"
    "a{color:var(--accent)}a:focus-visible,[tabindex]:focus-visible{outline:.2rem solid;"
    "outline-offset:.15rem}"
    "h1,h2,h3,h4{line-height:1.25;text-wrap:balance}h1{font-size:2.1rem;margin-block:.8em .3em}"
    "img{max-width:100%;height:auto;display:block}figure{margin:1.75rem 0}"
    "figcaption,.by{font-size:.95rem;color:var(--quiet)}"
    "blockquote{margin:0;padding-inline-start:1rem;border-inline-start:.25rem solid var(--line);"
    "font-size:1.2rem}"
    "aside{border-inline-start:.3rem solid var(--accent);background:var(--wash);"
    "padding:.75rem 1rem;margin-block:1.25rem}"
    ".summary{font-weight:600;font-size:1.2rem}.wide{overflow-x:auto}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid var(--line);padding:.4rem .6rem;text-align:start;vertical-align:top}"
    "th{background:var(--wash)}hr{border:0;border-block-start:1px solid var(--line);margin:2rem 0}"
    "nav ul{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;list-style:none;padding:0}"
    "nav a{display:inline-block;padding-block:.3rem}"
    "@media print{nav,.skip{display:none}}"
)
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_TEMPLATES: Final = Environment(
    loader=PackageLoader("content_api.api"), autoescape=True, undefined=StrictUndefined
)


@api.route("/<string:locale>/<string:slug>")
class PageResource(Resource):
    """The page of an article in one language."""

    @operation(
        rule=PUBLIC,
        answers={200: "text/html", 301: None, 304: None, 404: None, 410: None},
    )
    def get(self, *, locale: str, slug: str) -> Response:
        """Show an article to a person; when it has been withdrawn, show the notice (410)."""
        if not Locale.form.fullmatch(locale) or not Slug.form.fullmatch(slug):
            return _message(404, "en", words("en").not_found, None)
        try:
            stored = read_by_slug(locale, slug, deps())
        except Withdrawn as gone:
            notice = gone.extra["notices"].get(locale)
            return _message(410, locale, words(locale).withdrawn, notice)
        except NoSuchArticle:
            return _message(404, locale, words(locale).not_found, None)
        if stored.slug != slug:
            address = site().page(locale, stored.slug or slug)
            return Response(status=301, headers={"Location": address})
        return _show(stored)


def draft_page(document: Document, locale: str, links: Mapping[str, str]) -> bytes:
    """Write the page of a draft in one language; `links` lead to the others."""
    return _article_page(orjson.loads(to_json(document)), locale, links)


def safety() -> dict[str, str]:
    """Return the headers that keep a page from running or loading anything else."""
    policy = (
        f"default-src 'none'; img-src {site().media_url}; style-src 'sha256-{_STYLE_HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    return {"Content-Security-Policy": policy, "Referrer-Policy": "strict-origin-when-cross-origin"}


def _show(stored: Stored) -> Response:
    slugs = addresses(stored.article, deps())
    links = pages_of(slugs)
    document: dict[str, Any] = orjson.loads(stored.body)
    page = _article_page(
        document,
        stored.locale,
        links,
        strangers=for_strangers(links),
        embedding=discovery(links[stored.locale]),
        described=news_article(document, stored.locale, links, site()),
    )
    return finished(
        page,
        f'"{hashlib.sha256(page).hexdigest()[:32]}"',
        needed=None,
        content_type=HTML,
        headers={
            **safety(),
            "Content-Language": stored.locale,
            "Link": article_links(stored.locale, slugs),
        },
        modified=stored.published_at,
        keys=(article_key(stored.article),),
    )


def _article_page(  # what a draft has not is left out
    document: Mapping[str, Any],
    locale: str,
    links: Mapping[str, str],
    *,
    strangers: str | None = None,
    embedding: str | None = None,
    described: str | None = None,
) -> bytes:
    speaker = document["speaker"] or {"office": {}}
    published_at = document.get("published_at")
    return _render(
        "article.html",
        locale,
        text=document["locales"][locale],
        uses={use["asset"]: use for use in document["media"]},
        office=speaker["office"].get(locale),
        byline=document["byline"],
        published_at=published_at,
        day=published_at and day(published_at, locale),
        links=links,
        names={other: words(other).language or other for other in links},
        strangers=strangers,
        embedding=embedding,
        described=described,
        draft=described is None,
        media_url=site().media_url,
    )


def _message(status: int, locale: str, heading: str, notice: str | None) -> Response:
    page = _render("message.html", locale, heading=heading, notice=notice)
    headers = {**safety(), "Cache-Control": "no-cache", "Content-Language": locale}
    return Response(page, status, content_type=HTML, headers=headers)


def _render(template: str, locale: str, **values: Any) -> bytes:
    common = {
        "locale": locale,
        "direction": direction(locale),
        "words": words(locale),
        "style": STYLE,
        "publisher": site().publisher,
    }
    return _TEMPLATES.get_template(template).render(common, **values).encode()
