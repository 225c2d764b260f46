# SPDX-License-Identifier: EUPL-1.2
"""A small service with one resource of each kind, and a key."""

import pytest
from flask_restx import Namespace, Resource
from marshmallow import fields

from communique.errors import Conflict, NotFound, PreconditionFailed, Unavailable
from communique.events.fields import Items, Locale, Mapped, Part, Shape, Slug, Text
from communique.keys import Key, new_secret
from communique.testing.articles import PUBLISHED
from communique.web.auth import PUBLIC, Guard, caller, scope
from communique.web.operation import operation, page_of
from communique.web.service import create_service

api = Namespace("things", path="/v1")


class PartSchema(Shape):
    """A part of a thing."""

    name = Text(most=10, required=True)


class ThingSchema(Shape):
    """A thing."""

    title = Text(most=10, required=True)
    parts = Items(Part(PartSchema), load_default=())
    names = Mapped(keys=Locale(), values=Text(most=10), load_default=dict)


class ThingsQuery(Shape):
    """How to choose things."""

    kind = Items(Slug(), load_default=())
    office_ = Items(Text(), load_default=(), metadata={"whole": True}, data_key="office")
    limit = fields.Integer(load_default=10)


ThingsPage = page_of(ThingSchema)


@api.route("/things")
class Things(Resource):
    @operation(rule=PUBLIC, query=ThingsQuery, answers={200: ThingsPage})
    def get(self, *, query):
        """List things."""
        title = f"{','.join(query['kind'])}:{query['limit']}{'|'.join(query['office_'])}"
        return {"items": [{"title": title}], "next": None}

    @operation(rule=scope("things:write"), body=ThingSchema, answers={201: ThingSchema})
    def post(self, *, body):
        """Make a thing."""
        return body, 201, {"Location": "/v1/things/1", "X-Caller": caller().label}


@api.route("/things/<string:name>")
class Thing(Resource):
    @operation(
        rule=scope("things:{name}"),
        answers={200: "text/plain; charset=utf-8", 404: None},
        headers=("If-None-Match",),
    )
    def get(self, name):
        """Read a thing."""
        return f"{name}\n"

    @operation(rule=PUBLIC, takes=("image/jpeg",), answers={204: None})
    def put(self, name):
        """Replace the picture of a thing."""
        return None, 204


FAILURES = {
    "refused": NotFound("There is no such thing."),
    "conflict": Conflict("Not now.", extra={"state": "draft"}),
    "stale": PreconditionFailed(
        "It has changed.", errors={"If-Match": ["Names version 1."]}, headers={"ETag": '"2"'}
    ),
    "away": Unavailable("s3://user:password@10.0.0.1 does not answer"),
    "broken": RuntimeError("password=hunter2"),
}


@api.route("/failures/<string:name>")
class Failure(Resource):
    @operation(rule=PUBLIC, answers={200: None})
    def get(self, name):
        """Fail."""
        raise FAILURES[name]


class FakeKeys:
    """Finds keys by secret and counts how often it is asked."""

    def __init__(self):
        self.known = {}
        self.asked = 0

    def give(self, *scopes, label="desk"):
        secret = new_secret()
        self.known[secret] = Key("1", label, secret[:11], scopes, PUBLISHED, None, None)
        return secret

    def find(self, secret):
        self.asked += 1
        return self.known.get(secret)


@pytest.fixture
def keys():
    return FakeKeys()


@pytest.fixture
def guard(keys):
    return Guard(keys.find)


@pytest.fixture
def away():
    """Put an error in, and the service is not ready."""
    return []


@pytest.fixture
def service(guard, away):
    def ready():
        if away:
            raise away[0]

    return create_service(title="Things", version="1", namespaces=[api], guard=guard, ready=ready)


@pytest.fixture
def client(service):
    return service.test_client()


@pytest.fixture
def bearer(keys):
    def headers(*scopes):
        return {"Authorization": f"Bearer {keys.give(*scopes)}"}

    return headers


@pytest.fixture
def namespaces():
    return [api]
