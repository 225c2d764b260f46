# SPDX-License-Identifier: EUPL-1.2
"""Drafts shared by token: made and taken back at the desk, shown to whoever has the token."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from flask import Response
from flask_restx import Namespace, Resource
from marshmallow import fields, validate

from communique.events.fields import Id, Items, Locale, Part, Shape, Text, WebAddress, When
from communique.web.auth import PUBLIC, caller
from communique.web.operation import operation
from content_api.api.deps import article_id, deps, site
from content_api.api.desk import WRITE
from content_api.api.pages import HTML, draft_page, safety
from content_api.api.schemas import DraftDocumentSchema
from content_api.domain.preview import LONGEST, Preview
from content_api.use_cases.share_preview import (
    NoSuchPreview,
    list_previews,
    revoke_preview,
    share_preview,
    show_preview,
)

desk: Final = Namespace("previews", path="/v1/desk/articles", description="Sharing drafts.")
api: Final = Namespace("shared drafts", path="/v1/previews", description="For who has a token.")
page: Final = Namespace("preview pages", path="/previews", description="The same, for people.")
_HIDDEN: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
_DAY: Final = 86_400


class NewPreviewSchema(Shape):
    """What to share: a draft (else always the latest), a language (else all), for how long."""

    draft = fields.Integer(strict=True, load_default=None, allow_none=True)
    locale = Locale(load_default=None, allow_none=True)
    seconds = fields.Integer(
        strict=True,
        load_default=7 * _DAY,
        validate=validate.Range(60, int(LONGEST.total_seconds())),
    )


class PreviewSchema(Shape):
    """A shared draft, without its token."""

    id = Id()
    draft = fields.Integer(allow_none=True)
    locale = Locale(allow_none=True)
    created_by = Text()
    created_at = When()
    expires_at = When()
    revoked_at = When(allow_none=True)


class MadePreviewSchema(PreviewSchema):
    """A shared draft as it is made: the token is told this once."""

    token = Text()
    url = WebAddress()
    page = WebAddress()


class PreviewsSchema(Shape):
    """The shared drafts of an article, newest first."""

    items = Items(Part(PreviewSchema))


class ShownDraftSchema(Shape):
    """A shared draft and what it says; nothing of it is published yet."""

    article = Id()
    draft = fields.Integer()
    expires_at = When()
    document = Part(DraftDocumentSchema)


class PageQuerySchema(Shape):
    """Which language to show, if the draft is shared in several."""

    locale = Locale()


@desk.route("/<string:id>/previews")
class PreviewsResource(Resource):
    """Shared drafts of an article."""

    @operation(
        rule=WRITE, body=NewPreviewSchema, answers={201: MadePreviewSchema, 404: None, 422: None}
    )
    def post(self, *, id: str, body: dict[str, Any]) -> tuple[Any, int, dict[str, str]]:  # noqa: A002  # as the path calls it
        """Share a draft: who has the token sees it, until it ends or is taken back."""
        valid = timedelta(seconds=body.pop("seconds"))
        made, token = share_preview(
            article_id(id), deps(), caller=caller().label, valid=valid, **body
        )
        told = {
            **asdict(made),
            "token": token,
            "url": f"{site().site_url}/v1/previews/{token}",
            "page": f"{site().site_url}/previews/{token}",
        }
        return told, 201, {"Cache-Control": "no-store"}

    @operation(rule=WRITE, answers={200: PreviewsSchema, 404: None})
    def get(self, *, id: str) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """List the shared drafts of an article, ended ones too; tokens are never told again."""
        return {"items": list_previews(article_id(id), deps())}


@desk.route("/<string:id>/previews/<string:preview>")
class PreviewResource(Resource):
    """One shared draft."""

    @operation(rule=WRITE, answers={204: None, 404: None})
    def delete(self, *, id: str, preview: str) -> tuple[None, int]:  # noqa: A002  # as the path calls it
        """Take it back: its token shows nothing from now on."""
        revoke_preview(article_id(id), preview, deps(), caller=caller().label)
        return None, 204


@api.route("/<string:token>")
class SharedDraftResource(Resource):
    """What a token shows."""

    @operation(rule=PUBLIC, answers={200: ShownDraftSchema, 404: None})
    def get(self, *, token: str) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Read a shared draft."""
        shown = show_preview(token, deps())
        told = {
            "article": shown.preview.article,
            "draft": shown.draft,
            "expires_at": shown.preview.expires_at,
            "document": shown.document,
        }
        return told, 200, _HIDDEN


@page.route("/<string:token>")
class SharedPageResource(Resource):
    """What a token shows, as a page."""

    @operation(rule=PUBLIC, query=PageQuerySchema, answers={200: "text/html", 404: None, 422: None})
    def get(self, *, token: str, query: dict[str, Any]) -> Response:
        """Show a shared draft to a person; search engines are told to keep away."""
        shown = show_preview(token, deps())
        locales = shown.document.locales
        source = shown.document.source_locale
        locale = query.get("locale") or (source if source in locales else min(locales))
        if locale not in locales:
            raise NoSuchPreview
        body = draft_page(shown.document, locale, _others(token, shown.preview, locales))
        headers = {**safety(), **_HIDDEN, "Content-Language": locale}
        return Response(body, content_type=HTML, headers=headers)


def _others(token: str, preview: Preview, locales: Any) -> dict[str, str]:
    if preview.locale is not None:
        return {}
    return {each: f"{site().site_url}/previews/{token}?locale={each}" for each in sorted(locales)}
