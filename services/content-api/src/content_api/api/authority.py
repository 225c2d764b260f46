# SPDX-License-Identifier: EUPL-1.2
"""The rules of authority, what they let the caller do, and what everybody did."""

from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.ids import is_id
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps
from content_api.api.permit import person
from content_api.api.workflow_schemas import (
    AuditPageSchema,
    AuditQuerySchema,
    AuthorityQuerySchema,
    AuthorityRuleSchema,
    AuthorityRulesSchema,
    NewRuleSchema,
    PermissionsSchema,
)
from content_api.domain.authority import AuthorityRule, NoSuchRule
from content_api.use_cases.authorise import permissions
from content_api.use_cases.read_audit import read_audit
from content_api.use_cases.rule_authority import NewRule, add_rule, end_rule, list_rules

api: Final = Namespace("authority", path="/v1/desk", description="Who may do what, and who did.")
_MANAGE: Final = scope("authority:manage")
_READ: Final = scope("desk:write")


@api.route("/authority")
class AuthorityResource(Resource):
    """Rules of authority."""

    @operation(rule=_MANAGE, query=AuthorityQuerySchema, answers={200: AuthorityRulesSchema})
    def get(self, *, query: dict[str, Any]) -> dict[str, Any]:
        """List the rules that hold, or every rule there ever was; oldest first."""
        return {"items": list_rules(deps(), ended=query["ended"])}

    @operation(rule=_MANAGE, body=NewRuleSchema, answers={201: AuthorityRuleSchema})
    def post(self, *, body: NewRule) -> tuple[AuthorityRule, int]:
        """Reserve approval or release of some articles for some roles or keys."""
        return add_rule(body, deps(), caller=caller().label), 201


@api.route("/authority/<string:rule>")
class AuthorityRuleResource(Resource):
    """One rule of authority."""

    @operation(rule=_MANAGE, answers={200: AuthorityRuleSchema, 404: None, 409: None})
    def delete(self, *, rule: str) -> AuthorityRule:
        """End a rule: it holds no more, and is kept."""
        if not is_id(rule):
            raise NoSuchRule
        return end_rule(rule, deps(), caller=caller().label)


@api.route("/articles/<string:id>/permissions")
class PermissionsResource(Resource):
    """What the caller may do."""

    @operation(rule=_READ, answers={200: PermissionsSchema, 404: None})
    def get(self, *, id: str) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """Tell the caller what they may do to the current draft, and why not."""
        found = permissions(article_id(id), deps(), person=person())
        items = [
            {
                "action": action,
                "allowed": decision.allowed,
                "reason": decision.reason,
                "why": decision.why,
                "rule": decision.rule,
            }
            for action, decision in found.decisions.items()
        ]
        return {
            "article": found.article,
            "draft": found.draft,
            "label": found.person.label,
            "roles": sorted(found.person.roles),
            "items": items,
        }


@api.route("/articles/<string:id>/audit")
class AuditResource(Resource):
    """The audit of an article."""

    @operation(rule=_READ, query=AuditQuerySchema, answers={200: AuditPageSchema, 404: None})
    def get(self, *, id: str, query: dict[str, Any]) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """List who did what to an article, newest first."""
        items, following = read_audit(
            article_id(id), deps(), before=query.get("cursor"), limit=query["limit"]
        )
        return {"items": items, "next": None if following is None else str(following)}
