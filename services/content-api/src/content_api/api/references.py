# SPDX-License-Identifier: EUPL-1.2
"""Read the registers: what the codes in articles stand for."""

import hashlib
from dataclasses import asdict
from typing import Any, Final

import orjson
from flask import Response
from flask_restx import Namespace, Resource

from communique.errors import InvalidInput
from communique.events.fields import Shape, Slug
from communique.web.auth import scope
from communique.web.operation import operation
from content_api.api.deps import deps
from content_api.api.finished import finished
from content_api.api.register_schemas import (
    MissionSchema,
    MissionsSchema,
    PlacesQuerySchema,
    PlacesSchema,
    TopicsSchema,
)
from content_api.domain import places
from content_api.domain.register_errors import NoSuchEntry
from content_api.domain.registers import PlaceName, Register, Topic, narrower
from content_api.use_cases.keep_register import list_entries, read_entry

api: Final = Namespace("references", path="/v1", description="What codes stand for.")
_SCOPE: Final = "articles:read"
_READ: Final = scope(_SCOPE)


@api.route("/topics")
class LiveTopicsResource(Resource):
    """Topics."""

    @operation(rule=_READ, answers={200: TopicsSchema, 304: None})
    def get(self) -> Response:
        """List the topics with labels, broader and narrower ones."""
        topics = [
            kept.entry
            for kept in list_entries(Register.TOPICS, deps())
            if isinstance(kept.entry, Topic)
        ]
        below = narrower(topics)
        items = [{**asdict(each), "narrower": below.get(each.code, ())} for each in topics]
        return _answer(TopicsSchema, {"items": items})


@api.route("/missions")
class LiveMissionsResource(Resource):
    """Missions abroad."""

    @operation(rule=_READ, answers={200: MissionsSchema, 304: None})
    def get(self) -> Response:
        """List the missions by slug."""
        items = [kept.entry for kept in list_entries(Register.MISSIONS, deps())]
        return _answer(MissionsSchema, {"items": items})


@api.route("/missions/<string:slug>")
class LiveMissionResource(Resource):
    """A mission abroad."""

    @operation(rule=_READ, answers={200: MissionSchema, 304: None, 404: None})
    def get(self, *, slug: str) -> Response:
        """Read one mission."""
        if not Slug.form.fullmatch(slug):
            raise NoSuchEntry(slug[:120])
        return _answer(MissionSchema, read_entry(Register.MISSIONS, slug, deps()).entry)


@api.route("/places")
class LivePlacesResource(Resource):
    """Countries."""

    @operation(rule=_READ, query=PlacesQuerySchema, answers={200: PlacesSchema, 304: None})
    def get(self, *, query: dict[str, Any]) -> Response:
        """List the countries of ISO 3166-1 with their names in the languages asked for."""
        own = {
            kept.entry.code: kept.entry.names
            for kept in list_entries(Register.PLACES, deps())
            if isinstance(kept.entry, PlaceName)
        }
        named = {locale: _names(locale) for locale in query["locale"]}
        items = [
            {
                "code": code,
                "names": {
                    locale: own.get(code, {}).get(locale) or names.get(code, code)
                    for locale, names in named.items()
                },
            }
            for code in sorted(places.countries())
        ]
        return _answer(PlacesSchema, {"items": items})


def _names(locale: str) -> Any:
    found = places.names(locale)
    if found is None:
        raise InvalidInput("Check locale.", errors={"locale": [f"No names are known in {locale}."]})
    return found


def _answer(shape: type[Shape], value: Any) -> Response:
    body = orjson.dumps(shape().dump(value))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return finished(body, etag, needed=_SCOPE)
