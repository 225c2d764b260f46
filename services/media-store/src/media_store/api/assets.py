# SPDX-License-Identifier: EUPL-1.2
"""Upload, read, describe and withdraw assets."""

from typing import Any, Final

from flask import Response, request
from flask_restx import Namespace, Resource

from communique.events.shapes import AssetSchema
from communique.web.auth import PUBLIC, scope
from communique.web.operation import operation
from media_store.api.deps import deps, if_match
from media_store.api.schemas import (
    AssetPageSchema,
    DescribeAssetSchema,
    PageQuerySchema,
    UploadQuerySchema,
)
from media_store.api.uploads import upload_from_request
from media_store.domain.asset import Asset, announced
from media_store.domain.picture_types import ALLOWED
from media_store.use_cases.describe import describe
from media_store.use_cases.ingest import ingest
from media_store.use_cases.link import link
from media_store.use_cases.read import list_assets, read_asset
from media_store.use_cases.withdraw import withdraw

api: Final = Namespace("assets", path="/v1/assets", description="Pictures and their words.")
_READ: Final = scope("media:read")
_WRITE: Final = scope("media:write")


def _answer(asset: Asset, status: int = 200) -> tuple[Any, int, dict[str, str]]:
    headers = {"ETag": asset.etag, "Cache-Control": "private, no-cache"}
    if request.method == "POST":
        headers["Location"] = f"/v1/assets/{asset.id}"
    return announced(asset, deps().policy.media_url), status, headers


@api.route("")
class AssetsResource(Resource):
    """All assets."""

    @operation(rule=_READ, query=PageQuerySchema, answers={200: AssetPageSchema})
    def get(self, *, query: dict[str, Any]) -> Any:
        """List assets, newest first."""
        found, following = list_assets(deps(), before=query["cursor"], limit=query["limit"])
        media_url = deps().policy.media_url
        return {"items": [announced(each, media_url) for each in found], "next": following}

    @operation(
        rule=_WRITE,
        query=UploadQuerySchema,
        answers={201: AssetSchema, 200: AssetSchema},
        takes=(*ALLOWED, "application/octet-stream", "multipart/form-data"),
        headers=("Content-Disposition",),
    )
    def post(self, *, query: dict[str, Any]) -> Any:
        """Upload a picture.

        The body is the picture itself, or a form with the field `file`. What it is, is found out by
        its content. The same bytes again are the same asset (200 instead of 201).
        """
        upload = upload_from_request(deps().policy.most_bytes, query.get("filename"))
        try:
            done = ingest(upload, deps())
        finally:
            request.close()  # the files of a form
        return _answer(done.asset, 201 if done.new else 200)


@api.route("/<string:asset_id>")
class AssetResource(Resource):
    """One asset."""

    @operation(rule=_READ, answers={200: AssetSchema, 304: None}, headers=("If-None-Match",))
    def get(self, *, asset_id: str) -> Any:
        """Read an asset: its state, words and renditions."""
        asset = read_asset(asset_id, deps())
        if request.if_none_match.contains_weak(asset.etag.strip('"')):
            return None, 304, {"ETag": asset.etag}
        return _answer(asset)

    @operation(
        rule=_WRITE,
        body=DescribeAssetSchema,
        answers={200: AssetSchema},
        headers=("If-Match",),
    )
    def patch(self, *, asset_id: str, body: dict[str, Any]) -> Any:
        """Change credit, rights, caption or alternative text.

        Needs If-Match. Renditions carry these words; those of a ready picture are made again.
        """
        return _answer(describe(asset_id, body, deps(), expected=if_match()))

    @operation(rule=_WRITE, answers={204: None}, headers=("If-Match",))
    def delete(self, *, asset_id: str) -> Any:
        """Withdraw an asset: its renditions answer 410 from now on."""
        asset = withdraw(asset_id, deps(), expected=if_match())
        return None, 204, {"ETag": asset.etag}


@api.route("/<string:asset_id>/renditions/<string:profile>")
class AssetRenditionResource(Resource):
    """The present rendition of an asset for a profile."""

    @operation(rule=PUBLIC, answers={302: None})
    def get(self, *, asset_id: str, profile: str) -> Response:
        """Go to the immutable address of a rendition."""
        rendition = link(asset_id, profile, deps())
        headers = {
            "Location": f"{deps().policy.media_url}/{rendition.key}",
            "Cache-Control": "public, max-age=60",
        }
        return Response(status=302, headers=headers)
