# SPDX-License-Identifier: EUPL-1.2
import time
from datetime import timedelta

import pytest
from flask_restx import Namespace, Resource
from sqlalchemy import func, select, update

from communique.errors import NotFound
from communique.ids import new_id
from communique.keys import Keys, new_secret
from communique.web.auth import Guard, scope
from communique.web.operation import operation
from communique.web.service import create_service


@pytest.fixture
def keys(engine, tables):
    return Keys(engine, tables["sample.api_keys"])


def test_a_key_is_found_by_its_secret_alone(keys):
    secret = new_secret()
    made = keys.create("Phòng Báo chí", ["desk:write", "*"], secret=secret)
    assert keys.find(secret) == made
    assert (made.label, made.scopes) == ("Phòng Báo chí", ("desk:write", "*"))
    assert secret.startswith(made.shown)
    assert keys.find(new_secret()) is None
    assert keys.find(made.shown) is None


def test_the_secret_is_not_in_the_database(keys, engine, tables):
    secret = new_secret()
    keys.create("x", ["a"], secret=secret)
    with engine.connect() as connection:
        row = connection.execute(select(tables["sample.api_keys"])).one()
    assert secret not in str(tuple(row))
    assert secret.encode() not in row.hash


def test_the_same_secret_again_brings_label_and_scopes_up_to_date(keys):
    secret = new_secret()
    first = keys.create("old", ["a"], secret=secret)
    second = keys.create("new", ["b"], secret=secret)
    assert second.id == first.id
    assert keys.find(secret).scopes == ("b",)
    assert [key.label for key in keys.list()] == ["new"]


def test_a_revoked_key_is_not_found_and_stays_revoked(keys):
    secret = new_secret()
    made = keys.create("x", ["a"], secret=secret)
    keys.revoke(made.id)
    (first,) = keys.list()
    keys.revoke(made.id)
    keys.create("x", ["a"], secret=secret)
    assert keys.find(secret) is None
    assert keys.list()[0].revoked_at == first.revoked_at


@pytest.mark.parametrize("key_id", [new_id(), "x", "'; --"])
def test_revoking_what_is_not_there_says_so(keys, key_id):
    with pytest.raises(NotFound):
        keys.revoke(key_id)


def test_a_key_ends_by_the_clock_of_the_database(keys, engine, tables):
    secret = new_secret()
    keys.create("x", ["a"], secret=secret, valid=timedelta(days=1))
    assert keys.find(secret) is not None
    table = tables["sample.api_keys"]
    with engine.begin() as connection:
        connection.execute(update(table).values(expires_at=func.clock_timestamp()))
    assert keys.find(secret) is None


def test_keys_are_listed_newest_first(keys):
    for label in ("a", "b", "c"):
        keys.create(label, ["x"], secret=new_secret())
    assert [key.label for key in keys.list()] == ["c", "b", "a"]


def test_a_revoked_key_is_refused_over_http_within_five_seconds(keys):
    api = Namespace("sample", path="/v1")

    @api.route("/secret")
    class Secret(Resource):
        @operation(rule=scope("secret:read"), answers={200: "text/plain"})
        def get(self):
            return "ok"

    app = create_service(
        title="sample", version="1", namespaces=[api], guard=Guard(keys.find), ready=lambda: None
    )
    secret = new_secret()
    made = keys.create("x", ["secret:read"], secret=secret)
    headers = {"Authorization": f"Bearer {secret}"}
    client = app.test_client()
    assert client.get("/v1/secret", headers=headers).status_code == 200
    keys.revoke(made.id)
    end = time.monotonic() + 5
    while client.get("/v1/secret", headers=headers).status_code != 401:
        assert time.monotonic() < end
        time.sleep(0.1)
