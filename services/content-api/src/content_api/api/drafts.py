# SPDX-License-Identifier: EUPL-1.2
"""Every draft of an article, what differs between two of them, and the way back to one."""

from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps, seen_draft
from content_api.api.desk import Answer, with_draft
from content_api.api.diff_schemas import (
    ComparisonSchema,
    DraftPageSchema,
    DraftSchema,
    DraftsQuerySchema,
    RestoreSchema,
)
from content_api.api.permit import permit
from content_api.api.schemas import DeskArticleSchema
from content_api.domain.authority import Action
from content_api.domain.desk_article import Draft
from content_api.domain.diff import Comparison
from content_api.use_cases.compare import (
    compare_drafts,
    compare_versions,
    list_drafts,
    read_one_draft,
)
from content_api.use_cases.save_draft import restore_draft

api: Final = Namespace("drafts", path="/v1/desk/articles", description="Drafts and differences.")
_READ: Final = scope("desk:write")
_MOST: Final = 2**31 - 1


@api.route("/<string:id>/drafts")
class DraftsResource(Resource):
    """Drafts."""

    @operation(rule=_READ, query=DraftsQuerySchema, answers={200: DraftPageSchema, 404: None})
    def get(self, *, id: str, query: dict[str, Any]) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """List the drafts of an article, newest first."""
        items, following = list_drafts(
            article_id(id), deps(), before=query.get("cursor"), limit=query["limit"]
        )
        return {"items": items, "next": None if following is None else str(following)}


@api.route("/<string:id>/drafts/<int:draft>")
class DraftResource(Resource):
    """One draft."""

    @operation(rule=_READ, answers={200: DraftSchema, 404: None})
    def get(self, *, id: str, draft: int) -> Draft:  # noqa: A002  # as the path calls it
        """Read a draft as it was saved."""
        return read_one_draft(article_id(id), min(draft, _MOST), deps())


@api.route("/<string:id>/drafts/<int:draft>/restore")
class RestoreResource(Resource):
    """The way back."""

    @operation(
        rule=_READ,
        body=RestoreSchema,
        answers={200: DeskArticleSchema, 404: None, 409: None, 412: None, 422: None, 428: None},
        headers=("If-Match",),
    )
    def post(self, *, id: str, draft: int, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Save a new draft that is equal to an earlier one; approval is lost."""
        article, seen = article_id(id), seen_draft()
        permit(Action.RESTORE, article, seen)
        restored = restore_draft(
            article,
            min(draft, _MOST),
            deps(),
            caller=caller().label,
            seen=seen,
            change_note=body["change_note"],
        )
        return with_draft(*restored)


@api.route("/<string:id>/drafts/<int:before>...<int:now>")
class DraftComparisonResource(Resource):
    """What differs between two drafts."""

    @operation(rule=_READ, answers={200: ComparisonSchema, 404: None})
    def get(self, *, id: str, before: int, now: int) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """Compare two drafts block by block and word by word."""
        numbers = min(before, _MOST), min(now, _MOST)
        return _told(*numbers, compare_drafts(article_id(id), *numbers, deps()))


@api.route("/<string:id>/versions/<int:before>...<int:now>")
class VersionComparisonResource(Resource):
    """What differs between two published versions."""

    @operation(rule=_READ, answers={200: ComparisonSchema, 404: None})
    def get(self, *, id: str, before: int, now: int) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """Compare two published versions block by block and word by word."""
        numbers = min(before, _MOST), min(now, _MOST)
        return _told(*numbers, compare_versions(article_id(id), *numbers, deps()))


def _told(before: int, now: int, comparison: Comparison) -> dict[str, Any]:
    return {
        "before": before,
        "now": now,
        "same": comparison.same,
        "fields": comparison.fields,
        "locales": comparison.locales,
    }
