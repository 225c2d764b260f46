# SPDX-License-Identifier: EUPL-1.2
"""Who works on what, and what waits for the caller."""

from typing import Any, Final

from flask_restx import Namespace, Resource

from communique.ids import is_id
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import article_id, deps
from content_api.api.permit import permit, person
from content_api.api.workflow_schemas import (
    AssignmentSchema,
    AssignmentsSchema,
    TaskSchema,
    WorkSchema,
)
from content_api.domain.assignment import Assignment, NoSuchAssignment
from content_api.domain.authority import Action
from content_api.use_cases.assign import (
    Task,
    Work,
    assign,
    end_assignment,
    list_assignments,
    my_work,
)

api: Final = Namespace("work", path="/v1/desk", description="Who works on what.")
_WRITE: Final = scope("desk:write")


@api.route("/work")
class WorkResource(Resource):
    """My work."""

    @operation(rule=_WRITE, answers={200: WorkSchema})
    def get(self) -> Work:
        """List what was given to the caller, waits for their review, or was sent back to them."""
        return my_work(deps(), person=person())


@api.route("/articles/<string:id>/assignments")
class AssignmentsResource(Resource):
    """Work on an article."""

    @operation(rule=_WRITE, answers={200: AssignmentsSchema, 404: None})
    def get(self, *, id: str) -> dict[str, Any]:  # noqa: A002  # as the path calls it
        """List who works or worked on an article, oldest first."""
        return {"items": list_assignments(article_id(id), deps())}

    @operation(rule=_WRITE, body=TaskSchema, answers={201: AssignmentSchema, 404: None})
    def post(self, *, id: str, body: Task) -> tuple[Assignment, int]:  # noqa: A002  # as the path calls it
        """Give somebody a piece of work on an article."""
        article = article_id(id)
        permit(Action.ASSIGN, article)
        return assign(article, body, deps(), caller=caller().label), 201


@api.route("/articles/<string:id>/assignments/<string:assignment>")
class AssignmentResource(Resource):
    """One piece of work."""

    @operation(rule=_WRITE, answers={200: AssignmentSchema, 404: None})
    def delete(self, *, id: str, assignment: str) -> Assignment:  # noqa: A002  # as the path calls it
        """Cancel a piece of work; what has ended stays as it is."""
        article = article_id(id)
        permit(Action.ASSIGN, article)
        return _end(article, assignment, done=False)


@api.route("/articles/<string:id>/assignments/<string:assignment>/done")
class DoneResource(Resource):
    """The end of a piece of work."""

    @operation(rule=_WRITE, answers={200: AssignmentSchema, 404: None})
    def post(self, *, id: str, assignment: str) -> Assignment:  # noqa: A002  # as the path calls it
        """Mark a piece of work as done."""
        return _end(article_id(id), assignment, done=True)


def _end(article: str, assignment: str, *, done: bool) -> Assignment:
    if not is_id(assignment):
        raise NoSuchAssignment
    return end_assignment(article, assignment, deps(), caller=caller().label, done=done)
