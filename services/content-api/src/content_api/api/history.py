# SPDX-License-Identifier: EUPL-1.2
"""What has been published of an article, and where it has been delivered."""

from typing import Any, Final

from flask import Response
from flask_restx import Namespace, Resource

from communique.events.shapes import ArticleSchema
from communique.web.auth import scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps
from content_api.api.schemas import DeliveryBoardSchema, VersionsSchema
from content_api.use_cases.inspect_article import (
    DeliveryBoard,
    list_deliveries,
    list_versions,
    read_version,
)

api: Final = Namespace("history", path="/v1/desk/articles", description="What became of it.")
_READ: Final = scope("desk:write")


@api.route("/<string:id>/versions")
class VersionsResource(Resource):
    """Published versions."""

    @operation(rule=_READ, answers={200: VersionsSchema, 404: None})
    def get(self, *, id: str) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """List the published versions, newest first."""
        return {"items": list_versions(article_id(id), deps())}


@api.route("/<string:id>/versions/<int:version>")
class VersionResource(Resource):
    """One published version."""

    @operation(rule=_READ, answers={200: ArticleSchema, 404: None})
    def get(self, *, id: str, version: int) -> Response:  # noqa: A002  # as the path calls it
        """Read a published version, byte for byte as it was announced."""
        document = read_version(article_id(id), min(version, 2**31 - 1), deps())
        return Response(document, content_type="application/json")


@api.route("/<string:id>/deliveries")
class DeliveriesResource(Resource):
    """Deliveries."""

    @operation(rule=_READ, answers={200: DeliveryBoardSchema, 404: None})
    def get(self, *, id: str) -> DeliveryBoard:  # noqa: A002  # as the path calls it
        """Show where the article stands on every channel, and every receipt so far."""
        return list_deliveries(article_id(id), deps())
