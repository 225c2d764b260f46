# SPDX-License-Identifier: EUPL-1.2
import time
from dataclasses import replace

import pytest
from flask import Flask, Response
from sqlalchemy.exc import OperationalError

from communique.web import quota
from communique.web.auth import Guard
from communique.web.quota import Quota, RateLimit


@pytest.fixture
def behind():
    app = Flask("behind")
    app.add_url_rule("/<name>", view_func=lambda name: Response(name, headers={"ETag": '"1"'}))
    return app.wsgi_app


@pytest.fixture
def get(behind, guard):
    front = Flask("front")
    front.wsgi_app = RateLimit(behind, guard, Quota(3, 60), headers=[("X-Open", "yes")])
    client = front.test_client()
    return lambda path, method="GET", headers=None: client.open(
        path, method=method, headers=headers
    )


def test_each_answer_tells_what_is_left(get, bearer):
    headers = bearer("a")
    for left in (2, 1, 0):
        answer = get("/x", headers=headers)
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"] == '"default";q=3;w=60'
        state, _, reset = answer.headers["RateLimit"].rpartition(";t=")
        assert state == f'"default";r={left}'
        assert 58 <= int(reset) <= 60


def test_what_is_over_the_quota_is_refused_as_a_problem(get, bearer):
    headers = bearer("a")
    for _ in range(3):
        get("/x", headers=headers)
    answer = get("/Tuy%C3%AAn", headers=headers)
    assert answer.status_code == 429
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == quota.QUOTA_EXCEEDED
    assert answer.json["violated-policies"] == ["default"]
    assert answer.json["instance"] == "/Tuyên"
    assert answer.headers["RateLimit"].startswith('"default";r=0;t=')
    assert 58 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-Open"] == "yes"
    head = get("/x", headers=headers, method="HEAD")
    assert (head.status_code, head.data) == (429, b"")


def test_the_next_window_begins_anew(get, bearer, monkeypatch):
    headers = bearer("a")
    for _ in range(4):
        get("/x", headers=headers)
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert get("/x", headers=headers).headers["RateLimit"].startswith('"default";r=2;')


def test_each_key_has_its_own(behind, keys):
    def find(secret):
        return replace(keys.find(secret), id=secret)

    front = Flask("front")
    front.wsgi_app = RateLimit(behind, Guard(find), Quota(1))
    for secret in (keys.give("a"), keys.give("a")):
        given = {"Authorization": f"Bearer {secret}"}
        assert front.test_client().get("/x", headers=given).status_code == 200
        assert front.test_client().get("/x", headers=given).status_code == 429


@pytest.mark.parametrize("authorization", [None, "Bearer ck_unknown", "Basic eDp5"])
def test_who_is_not_known_is_not_counted(get, authorization):
    headers = {} if authorization is None else {"Authorization": authorization}
    for _ in range(5):
        answer = get("/x", headers=headers)
        assert answer.status_code == 200
        assert "RateLimit" not in answer.headers


def test_while_keys_cannot_be_looked_up_the_application_answers(behind):
    def away(_secret):
        raise OperationalError("SELECT", {}, RuntimeError())

    front = Flask("front")
    front.wsgi_app = RateLimit(behind, Guard(away), Quota(1))
    for _ in range(2):
        given = {"Authorization": "Bearer ck_x"}
        assert front.test_client().get("/x", headers=given).status_code == 200
