# SPDX-License-Identifier: EUPL-1.2
"""Keep the registers: missions, topics, people, and the ministry's own names of places."""

import re
from dataclasses import asdict
from typing import Any, Final

from flask import request
from flask_restx import Namespace, Resource

from communique.errors import PreconditionMissing
from communique.events.fields import Code, Slug
from communique.web.auth import caller, scope
from communique.web.operation import operation
from content_api.api.deps import deps
from content_api.api.register_schemas import (
    KeptMissionSchema,
    KeptMissionsSchema,
    KeptPeopleSchema,
    KeptPersonSchema,
    KeptPlaceNameSchema,
    KeptPlaceNamesSchema,
    KeptTopicSchema,
    KeptTopicsSchema,
    MissionInputSchema,
    Nation,
    PersonInputSchema,
    PlaceNameInputSchema,
    TopicInputSchema,
)
from content_api.domain.register_errors import NoSuchEntry
from content_api.domain.registers import (
    Entry,
    Kept,
    Mission,
    Person,
    PlaceName,
    Register,
    Topic,
    narrower,
)
from content_api.use_cases.keep_register import (
    list_entries,
    put_entry,
    read_entry,
    remove_entry,
)

api: Final = Namespace("registers", path="/v1/desk", description="What articles refer to.")
MANAGE: Final = scope("registers:manage")
_READ: Final = scope("desk:write")
_ETAG: Final = re.compile(r'"r([1-9][0-9]{0,8})"')
_SEEN: Final = ("If-Match",)
_PUT: Final = {412: None, 422: None, 428: None}
_GONE: Final = {404: None, 409: None, 412: None, 428: None}
_FORMS: Final = {
    Register.MISSIONS: Slug.form,
    Register.TOPICS: Code.form,
    Register.PEOPLE: Slug.form,
    Register.PLACES: Nation.form,
}
Answer = tuple[Any, int, dict[str, str]]


def _seen() -> int | None:
    given = request.headers.get("If-Match")
    if given is None:
        return None
    match = _ETAG.fullmatch(given.strip())
    return int(match[1]) if match else -1


def _told(kept: Kept, below: tuple[str, ...] = ()) -> dict[str, Any]:
    facts = {name: getattr(kept, name) for name in ("revision", "updated_at", "updated_by")}
    more = {"narrower": below} if isinstance(kept.entry, Topic) else {}
    return {**asdict(kept.entry), **more, **facts}


def _all(register: Register) -> dict[str, Any]:
    kept = list_entries(register, deps())
    below = narrower(each.entry for each in kept if isinstance(each.entry, Topic))
    items = [_told(each, below.get(getattr(each.entry, "code", ""), ())) for each in kept]
    return {"items": items}


def _one(register: Register, code: str) -> Answer:
    kept = read_entry(register, _checked(register, code), deps())
    below: dict[str, tuple[str, ...]] = {}
    if register is Register.TOPICS:
        topics = list_entries(register, deps())
        below = narrower(each.entry for each in topics if isinstance(each.entry, Topic))
    return _told(kept, below.get(code, ())), 200, _headers(kept)


def _put(register: Register, entry: Entry, code: str) -> Answer:
    _checked(register, code)
    kept, new = put_entry(register, entry, deps(), caller=caller().label, seen=_seen())
    return _told(kept), 201 if new else 200, _headers(kept)


def _remove(register: Register, code: str) -> Answer:
    _checked(register, code)
    seen = _seen()
    if seen is None:
        raise PreconditionMissing("Send If-Match with the ETag that you have seen.")
    remove_entry(register, code, deps(), caller=caller().label, seen=seen)
    return None, 204, {"Cache-Control": "no-store"}


def _headers(kept: Kept) -> dict[str, str]:
    return {"ETag": f'"r{kept.revision}"', "Cache-Control": "no-store"}


def _checked(register: Register, code: str) -> str:
    """Return the code in a path, or raise NoSuchEntry: no entry has another form of code."""
    if not _FORMS[register].fullmatch(code) or len(code) > 120:
        raise NoSuchEntry(code[:120])
    return code


@api.route("/missions")
class MissionsResource(Resource):
    """Missions abroad."""

    @operation(rule=_READ, answers={200: KeptMissionsSchema})
    def get(self) -> dict[str, Any]:
        """List missions with their revisions."""
        return _all(Register.MISSIONS)


@api.route("/missions/<string:slug>")
class MissionResource(Resource):
    """A mission."""

    @operation(rule=_READ, answers={200: KeptMissionSchema, 404: None})
    def get(self, *, slug: str) -> Answer:
        """Read a mission with its revision."""
        return _one(Register.MISSIONS, slug)

    @operation(
        rule=MANAGE,
        body=MissionInputSchema,
        answers={200: KeptMissionSchema, 201: KeptMissionSchema, 404: None, **_PUT},
        headers=_SEEN,
    )
    def put(self, *, slug: str, body: dict[str, Any]) -> Answer:
        """Put a mission in; to change it, say in If-Match which revision was seen."""
        return _put(Register.MISSIONS, Mission(slug, **body), slug)

    @operation(rule=MANAGE, answers={204: None, **_GONE}, headers=_SEEN)
    def delete(self, *, slug: str) -> Answer:
        """Take a mission out, unless something refers to it."""
        return _remove(Register.MISSIONS, slug)


@api.route("/topics")
class TopicsResource(Resource):
    """Topics."""

    @operation(rule=_READ, answers={200: KeptTopicsSchema})
    def get(self) -> dict[str, Any]:
        """List topics with their revisions."""
        return _all(Register.TOPICS)


@api.route("/topics/<string:code>")
class TopicResource(Resource):
    """A topic."""

    @operation(rule=_READ, answers={200: KeptTopicSchema, 404: None})
    def get(self, *, code: str) -> Answer:
        """Read a topic with its revision."""
        return _one(Register.TOPICS, code)

    @operation(
        rule=MANAGE,
        body=TopicInputSchema,
        answers={200: KeptTopicSchema, 201: KeptTopicSchema, 404: None, **_PUT},
        headers=_SEEN,
    )
    def put(self, *, code: str, body: dict[str, Any]) -> Answer:
        """Put a topic in; to change it, say in If-Match which revision was seen."""
        return _put(Register.TOPICS, Topic(code, **body), code)

    @operation(rule=MANAGE, answers={204: None, **_GONE}, headers=_SEEN)
    def delete(self, *, code: str) -> Answer:
        """Take a topic out, unless something refers to it."""
        return _remove(Register.TOPICS, code)


@api.route("/people")
class PeopleResource(Resource):
    """People and their offices."""

    @operation(rule=_READ, answers={200: KeptPeopleSchema})
    def get(self) -> dict[str, Any]:
        """List people with their revisions."""
        return _all(Register.PEOPLE)


@api.route("/people/<string:slug>")
class PersonResource(Resource):
    """A person."""

    @operation(rule=_READ, answers={200: KeptPersonSchema, 404: None})
    def get(self, *, slug: str) -> Answer:
        """Read a person with its revision."""
        return _one(Register.PEOPLE, slug)

    @operation(
        rule=MANAGE,
        body=PersonInputSchema,
        answers={200: KeptPersonSchema, 201: KeptPersonSchema, 404: None, **_PUT},
        headers=_SEEN,
    )
    def put(self, *, slug: str, body: dict[str, Any]) -> Answer:
        """Put a person in; to change it, say in If-Match which revision was seen."""
        return _put(Register.PEOPLE, Person(slug, **body), slug)

    @operation(rule=MANAGE, answers={204: None, **_GONE}, headers=_SEEN)
    def delete(self, *, slug: str) -> Answer:
        """Take a person out, unless something refers to it."""
        return _remove(Register.PEOPLE, slug)


@api.route("/places")
class PlaceNamesResource(Resource):
    """The ministry's own names of places."""

    @operation(rule=_READ, answers={200: KeptPlaceNamesSchema})
    def get(self) -> dict[str, Any]:
        """List own names of places with their revisions."""
        return _all(Register.PLACES)


@api.route("/places/<string:code>")
class PlaceNameResource(Resource):
    """The ministry's name of a place."""

    @operation(rule=_READ, answers={200: KeptPlaceNameSchema, 404: None})
    def get(self, *, code: str) -> Answer:
        """Read the name of a place with its revision."""
        return _one(Register.PLACES, code)

    @operation(
        rule=MANAGE,
        body=PlaceNameInputSchema,
        answers={200: KeptPlaceNameSchema, 201: KeptPlaceNameSchema, 404: None, **_PUT},
        headers=_SEEN,
    )
    def put(self, *, code: str, body: dict[str, Any]) -> Answer:
        """Put the name of a place in; to change it, say in If-Match which revision was seen."""
        return _put(Register.PLACES, PlaceName(code, **body), code)

    @operation(rule=MANAGE, answers={204: None, **_GONE}, headers=_SEEN)
    def delete(self, *, code: str) -> Answer:
        """Take the name of a place out, unless something refers to it."""
        return _remove(Register.PLACES, code)
