# SPDX-License-Identifier: EUPL-1.2
"""The public page of an article: what posts and feeds link to. No script, one small style."""

import base64
import hashlib
from typing import Any, Final

import orjson
from flask import Response
from flask_restx import Namespace, Resource
from jinja2 import Environment, PackageLoader, StrictUndefined

from communique.events.fields import Locale, Slug
from communique.web.auth import PUBLIC
from communique.web.operation import operation
from content_api.api.deps import deps, site
from content_api.api.finished import finished
from content_api.api.words import direction, words
from content_api.domain.errors import NoSuchArticle, Withdrawn
from content_api.ports import Stored
from content_api.use_cases.list_live import addresses
from content_api.use_cases.read_article import read_by_slug

api: Final = Namespace("pages", path="/articles", description="Pages for people.")
HTML: Final = "text/html; charset=utf-8"
STYLE: Final = (
    "body{margin:0;font:1.125rem/1.6 system-ui,sans-serif;color:#1a1a1a;background:#fff}"
    "main{max-width:42rem;margin:0 auto;padding:1rem}h1,h2,h3,h4{line-height:1.25}"
    "img{max-width:100%;height:auto}figure{margin:1.5rem 0}figcaption{font-size:.9rem;color:#444}"
    "aside{border-inline-start:.3rem solid #8a1c1c;padding-inline-start:1rem}"
    ".summary{font-weight:600}.wide{overflow-x:auto}table{border-collapse:collapse}"
    "th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:start}"
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
            return Response(status=301, headers={"Location": _link(locale, stored.slug or slug)})
        return _show(stored)


def _show(stored: Stored) -> Response:
    links = {
        locale: _link(locale, slug) for locale, slug in addresses(stored.article, deps()).items()
    }
    names = {locale: words(locale).language or locale for locale in links}
    document: dict[str, Any] = orjson.loads(stored.body)
    speaker = document["speaker"] or {"office": {}}
    page = _render(
        "article.html",
        stored.locale,
        text=document["locales"][stored.locale],
        uses={use["asset"]: use for use in document["media"]},
        office=speaker["office"].get(stored.locale),
        byline=document["byline"],
        published_at=document["published_at"],
        links=links,
        names=names,
        media_url=site().media_url,
    )
    etag = f'"{hashlib.sha256(page).hexdigest()[:32]}"'
    return finished(
        page,
        etag,
        needed=None,
        content_type=HTML,
        headers={**_safety(), "Content-Language": stored.locale},
    )


def _message(status: int, locale: str, heading: str, notice: str | None) -> Response:
    page = _render("message.html", locale, heading=heading, notice=notice)
    headers = {**_safety(), "Cache-Control": "no-cache", "Content-Language": locale}
    return Response(page, status, content_type=HTML, headers=headers)


def _render(template: str, locale: str, **values: Any) -> bytes:
    common = {
        "locale": locale,
        "direction": direction(locale),
        "words": words(locale),
        "style": STYLE,
    }
    return _TEMPLATES.get_template(template).render(common, **values).encode()


def _link(locale: str, slug: str) -> str:
    return f"{site().site_url}/articles/{locale}/{slug}"


def _safety() -> dict[str, str]:
    policy = (
        f"default-src 'none'; img-src {site().media_url}; style-src 'sha256-{_STYLE_HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    return {"Content-Security-Policy": policy, "Referrer-Policy": "strict-origin-when-cross-origin"}
