# SPDX-License-Identifier: EUPL-1.2
import re

import pytest
from sqlalchemy.exc import OperationalError

from communique.web.openapi import operations
from communique.web.service import OPEN_PATHS, route_methods


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/nowhere", 404),
        ("GET", "/v1/../things/%00", 404),
        ("DELETE", "/v1/things", 405),
        ("GET", "/v1/things?limit=x", 422),
        ("GET", "/v1/things/hat", 401),
        ("POST", "/v1/things", 401),
        ("GET", "/v1/failures/refused", 404),
        ("GET", "/v1/failures/conflict", 409),
        ("GET", "/v1/failures/stale", 412),
        ("GET", "/v1/failures/away", 503),
        ("GET", "/v1/failures/broken", 500),
        ("GET", "/v1/failures/none-of-these", 500),
        ("PUT", "/livez", 405),
        ("GET", "/docs/nowhere", 404),
    ],
)
def test_every_error_is_a_problem_document(client, method, path, status):
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(answer.json)
    assert "hunter2" not in answer.text
    assert "password" not in answer.text
    assert "Traceback" not in answer.text


def test_a_refusal_keeps_its_headers_and_members(client):
    assert client.get("/v1/failures/stale").headers["ETag"] == '"2"'
    assert client.get("/v1/failures/conflict").json["state"] == "draft"


def test_a_body_over_the_limit_is_refused(client, bearer, service):
    service.config["MAX_CONTENT_LENGTH"] = 100
    answer = client.post("/v1/things", json={"title": "x" * 200}, headers=bearer("*"))
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    assert answer.json["type"] == "urn:communique:problem:content-too-large"


@pytest.mark.parametrize("path", ["//v1/things", "/v1//things", "/livez/"])
def test_a_path_with_odd_slashes_is_no_error_of_ours(client, path):
    answer = client.get(path)
    assert answer.status_code in {200, 308, 404}
    if answer.status_code == 308:
        assert client.get(answer.headers["Location"]).status_code == 200


def test_live_even_while_a_part_is_away(client, away):
    away.append(OperationalError("SELECT 1", {}, Exception("password")))
    assert client.get("/livez").status_code == 200


def test_ready_only_while_every_part_answers(client, away):
    assert client.get("/readyz").status_code == 200
    away.append(OperationalError("SELECT 1", {}, Exception("password")))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "password" not in answer.text


def test_metrics_count_answers(client):
    client.get("/v1/nowhere")
    text = client.get("/metrics").text
    assert 'communique_requests_total{method="GET",status="404"}' in text


def test_the_page_of_the_description_is_served_without_a_foreign_host(client):
    page = client.get("/docs/")
    assert page.status_code == 200
    assert "/openapi.json" in page.text + client.get("/docs/dist/swagger-initializer.js").text
    assert set(re.findall(r"https?://([^/\"']+)", page.text)) <= {"localhost"}


def test_head_answers_like_get_without_a_body(client):
    answer = client.head("/v1/things")
    assert (answer.status_code, answer.data) == (200, b"")


def test_no_answer_is_sniffed(client):
    for path in ("/v1/things", "/nowhere", "/docs/", "/metrics"):
        assert client.get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_every_route_is_an_operation_or_open_on_purpose(service, namespaces):
    described = {path for path, *_ in operations(namespaces)}
    for path, _view in route_methods(service):
        assert path in {"/", *described} or path.startswith(OPEN_PATHS)


def test_the_outdated_page_of_restx_is_not_served(client):
    assert client.get("/swaggerui/swagger-ui.css").status_code == 404
