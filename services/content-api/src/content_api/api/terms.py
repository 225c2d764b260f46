# SPDX-License-Identifier: EUPL-1.2
"""The glossary: concepts, one by one."""

import re
from typing import Any, Final

from flask import request
from flask_restx import Namespace, Resource

from communique.errors import PreconditionMissing
from communique.events.fields import Slug
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import deps
from content_api.api.terms_schemas import (
    ChangedConceptSchema,
    ConceptInputSchema,
    ConceptPageSchema,
    ConceptSchema,
    TermsQuerySchema,
)
from content_api.domain.terms.concept import Concept
from content_api.domain.terms.errors import NoSuchConcept
from content_api.ports import TermFilter, TermRecord
from content_api.use_cases.manage_terms import (
    change_term,
    create_term,
    list_terms,
    read_term,
    retire_term,
)

api: Final = Namespace("terms", path="/v1/desk/terms", description="Official names.")
READ: Final = scope("terms:read")
MANAGE: Final = scope("terms:manage")
_CHANGES: Final = {404: None, 412: None, 422: None, 428: None}
_SEEN: Final = ("If-Match",)
_ETAG: Final = re.compile(r'"t([1-9][0-9]{0,8})"')
Answer = tuple[Any, int, dict[str, str]]


def _answer(record: TermRecord, status: int = 200) -> Answer:
    return record, status, {"ETag": f'"t{record.revision}"', "Cache-Control": "no-store"}


def _concept_id(text: str) -> str:
    if not Slug.form.fullmatch(text):
        raise NoSuchConcept
    return text


def _seen() -> int:
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionMissing(
            'Send If-Match with the ETag of the concept you have seen, such as "t3".',
            errors={"If-Match": ["Required."]},
        )
    match = _ETAG.fullmatch(given.strip())
    return int(match[1]) if match else 0


@api.route("")
class TermsResource(Resource):
    """The glossary."""

    @operation(rule=READ, query=TermsQuerySchema, answers={200: ConceptPageSchema})
    def get(self, *, query: dict[str, Any]) -> dict[str, Any]:
        """List concepts by id."""
        wanted = TermFilter(
            query.get("q"), query.get("kind"), query.get("locale"), retired=query["retired"]
        )
        items, following = list_terms(
            wanted, deps(), after=query.get("cursor"), limit=query["limit"]
        )
        return {"items": items, "next": following}

    @operation(
        rule=MANAGE,
        body=ConceptInputSchema,
        answers={201: ConceptSchema, 200: ConceptSchema, 409: None},
    )
    def post(self, *, body: Concept) -> Answer:
        """Add a concept; the same one again changes nothing (200)."""
        record, new = create_term(body, deps(), caller=caller().label)
        answer, status, headers = _answer(record, 201 if new else 200)
        return answer, status, {**headers, "Location": f"/v1/desk/terms/{body.id}"}


@api.route("/<string:id>")
class TermResource(Resource):
    """One concept."""

    @operation(rule=READ, answers={200: ConceptSchema, 404: None})
    def get(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Read a concept, in use or retired."""
        return _answer(read_term(_concept_id(id), deps()))

    @operation(
        rule=MANAGE,
        body=ChangedConceptSchema,
        answers={200: ConceptSchema, **_CHANGES},
        headers=_SEEN,
    )
    def put(self, *, id: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Change a concept; one that was retired is in use again."""
        concept = Concept(id=_concept_id(id), **body)
        return _answer(change_term(concept, deps(), caller=caller().label, seen=_seen()))

    @operation(rule=MANAGE, answers={200: ConceptSchema, **_CHANGES}, headers=_SEEN)
    def delete(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Retire a concept: texts are no longer held to it."""
        retired = retire_term(_concept_id(id), deps(), caller=caller().label, seen=_seen())
        return _answer(retired)
