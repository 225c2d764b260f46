# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.web.cors import open_reads

ORIGIN = {"Origin": "https://www.example.org"}
ASKING = {**ORIGIN, "Access-Control-Request-Method": "GET"}


@pytest.fixture
def call(service):
    open_reads(service, lambda path: path.startswith("/v1/things"))
    return service.test_client().open


def test_a_page_of_another_site_may_read_the_answer_and_its_headers(call):
    answer = call("/v1/things", headers=ORIGIN)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Methods" not in answer.headers


def test_a_page_may_read_a_refusal_too(call):
    answer = call("/v1/things/one", headers=ORIGIN)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (401, "*")


def test_a_preflight_is_answered_without_a_key(call):
    answer = call("/v1/things/one", method="OPTIONS", headers=ASKING)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Max-Age"] == "86400"


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/v1/things", "POST"),
        ("/v1/things/one", "PUT"),
        ("/v1/failures/refused", "GET"),
        ("/v1/failures/refused", "OPTIONS"),
    ],
)
def test_nothing_else_is_opened(call, path, method):
    answer = call(path, method=method, headers=ASKING)
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
