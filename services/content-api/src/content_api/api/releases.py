# SPDX-License-Identifier: EUPL-1.2
"""Releases: what goes live together."""

import re
from typing import Any, Final

from flask import Response, request
from flask_restx import Namespace, Resource

from communique.errors import PreconditionMissing
from communique.ids import is_id
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import deps
from content_api.api.locale_schemas import (
    ReleaseInputSchema,
    ReleaseQuerySchema,
    ReleaseSchema,
    ReleasesSchema,
    ScheduleInputSchema,
)
from content_api.api.permit import permit
from content_api.domain.authority import Action
from content_api.domain.errors import NoSuchRelease
from content_api.domain.finished import WHOLE
from content_api.domain.release import Item, Release
from content_api.use_cases.plan_release import (
    Plan,
    cancel_release,
    change_release,
    create_release,
    delete_release,
    list_releases,
    read_release,
    schedule_release,
)
from content_api.use_cases.publish_release import publish_release
from content_api.use_cases.release_items import Reasons

api: Final = Namespace("releases", path="/v1/desk/releases", description="What goes together.")
_WRITE: Final = scope("desk:write")
_PUBLISH: Final = scope("desk:publish")
_ANSWERS: Final = {
    200: ReleaseSchema,
    404: None,
    409: None,
    412: None,
    422: None,
    428: None,
}
_SEEN: Final = ("If-Match",)
_ETAG: Final = re.compile(r'"r([1-9][0-9]{0,8})"')
Found = tuple[Release, Reasons]
Answer = tuple[Found, int, dict[str, str]]


def _release_id(text: str) -> str:
    if not is_id(text):
        raise NoSuchRelease
    return text


def _seen() -> int:
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionMissing(
            'Send If-Match with the ETag of the release you have seen, such as "r3".',
            errors={"If-Match": ["Required."]},
        )
    match = _ETAG.fullmatch(given.strip())
    return int(match[1]) if match else 0


def _answer(found: Found, status: int = 200) -> Answer:
    return found, status, {"ETag": f'"r{found[0].revision}"', "Cache-Control": "no-store"}


def _permit(items: tuple[Item, ...]) -> None:
    for article in sorted({item.article for item in items}):
        permit(Action.PUBLISH, article)


def _permitted(path: str) -> tuple[str, int]:
    """Return the release and what was seen of it, once the caller may publish every item."""
    release, seen = _release_id(path), _seen()
    _permit(read_release(release, deps())[0].items)
    return release, seen


def _plan(body: dict[str, Any]) -> Plan:
    items = tuple(Item(each["article"], each["locale"] or WHOLE) for each in body["items"])
    return Plan(body["title"], body["mode"], body["reason"], items)


@api.route("")
class ReleasesResource(Resource):
    """Releases."""

    @operation(rule=_WRITE, query=ReleaseQuerySchema, answers={200: ReleasesSchema})
    def get(self, *, query: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
        """List releases, newest first, with what blocks each item."""
        items, following = list_releases(
            deps(), state=query.get("state"), before=query.get("cursor"), limit=query["limit"]
        )
        return {"items": items, "next": following}, 200, {"Cache-Control": "no-store"}

    @operation(rule=_PUBLISH, body=ReleaseInputSchema, answers={201: ReleaseSchema, 422: None})
    def post(self, *, body: dict[str, Any]) -> Answer:
        """Plan a release."""
        made = create_release(_plan(body), deps(), caller=caller().label)
        answer, status, headers = _answer(made, 201)
        return answer, status, {**headers, "Location": f"/v1/desk/releases/{made[0].id}"}


@api.route("/<string:id>")
class ReleaseResource(Resource):
    """One release."""

    @operation(rule=_WRITE, answers={200: ReleaseSchema, 404: None})
    def get(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Read a release, with what blocks each item."""
        return _answer(read_release(_release_id(id), deps()))

    @operation(rule=_PUBLISH, body=ReleaseInputSchema, answers=_ANSWERS, headers=_SEEN)
    def put(self, *, id: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Put another plan in its place; its moment stays."""
        release, seen, plan = _release_id(id), _seen(), _plan(body)
        if read_release(release, deps())[0].scheduled_by is not None:
            _permit(plan.items)
        who = caller().label
        return _answer(change_release(release, plan, deps(), caller=who, seen=seen))

    @operation(
        rule=_PUBLISH,
        answers={204: None, 404: None, 409: None, 412: None, 428: None},
        headers=_SEEN,
    )
    def delete(self, *, id: str) -> Response:  # noqa: A002  # as the path calls it
        """Forget a release that never had a moment, or was cancelled."""
        delete_release(_release_id(id), deps(), caller=caller().label, seen=_seen())
        return Response(status=204)


@api.route("/<string:id>/schedule")
class ScheduleReleaseResource(Resource):
    """The moment of a release."""

    @operation(rule=_PUBLISH, body=ScheduleInputSchema, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str, body: dict[str, Any]) -> Answer:  # noqa: A002  # as the path calls it
        """Give it a moment; what is not ready by then makes it overdue."""
        release, seen = _permitted(id)
        moment, who = body["publish_at"], caller().label
        return _answer(schedule_release(release, moment, deps(), caller=who, seen=seen))


@api.route("/<string:id>/publish")
class PublishReleaseResource(Resource):
    """Publication of a release."""

    @operation(rule=_PUBLISH, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Publish it now: every item, or none; `partial`: each that is ready."""
        release, seen = _permitted(id)
        return _answer(publish_release(release, deps(), caller=caller().label, seen=seen))


@api.route("/<string:id>/cancel")
class CancelReleaseResource(Resource):
    """The end of a plan."""

    @operation(rule=_PUBLISH, answers=_ANSWERS, headers=_SEEN)
    def post(self, *, id: str) -> Answer:  # noqa: A002  # as the path calls it
        """Give it up; what of it is out stays out."""
        release = _release_id(id)
        return _answer(cancel_release(release, deps(), caller=caller().label, seen=_seen()))
