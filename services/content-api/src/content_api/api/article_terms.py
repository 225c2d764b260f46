# SPDX-License-Identifier: EUPL-1.2
"""What the glossary says of an article, and who answers for it."""

from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps
from content_api.api.terms_schemas import NewWaiverSchema, TermsReportSchema, WaiverSchema
from content_api.domain.terms.waiver import Waiver
from content_api.use_cases.check_terms import TermsReport, check_article, waive

api: Final = Namespace(
    "article-terms", path="/v1/desk/articles", description="Names in an article."
)
_READ: Final = scope("desk:write")
_APPROVE: Final = scope("desk:approve")


@api.route("/<string:id>/terms")
class ArticleTermsResource(Resource):
    """Findings."""

    @operation(rule=_READ, answers={200: TermsReportSchema, 404: None})
    def get(self, *, id: str) -> TermsReport:  # noqa: A002  # as the path calls it
        """Check the current draft against the present glossary."""
        return check_article(article_id(id), deps())


@api.route("/<string:id>/terms/waivers")
class WaiversResource(Resource):
    """Waivers."""

    @operation(
        rule=_APPROVE,
        body=NewWaiverSchema,
        answers={201: WaiverSchema, 200: WaiverSchema, 404: None, 422: None},
    )
    def post(self, *, id: str, body: dict[str, Any]) -> tuple[Waiver, int]:  # noqa: A002  # as the path calls it
        """Answer for a finding; once it has been waived, asking again changes nothing (200)."""
        waiver, new = waive(
            article_id(id), body["fingerprint"], body["reason"], deps(), caller=caller().label
        )
        return waiver, 201 if new else 200
