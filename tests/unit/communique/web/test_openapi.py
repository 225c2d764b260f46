# SPDX-License-Identifier: EUPL-1.2
import pytest
from openapi_spec_validator import validate

from communique.web.openapi import describe


@pytest.fixture
def modern(client):
    return client.get("/openapi.json").json


@pytest.fixture
def swagger(client):
    return client.get("/swagger.json").json


def test_both_forms_are_valid(modern, swagger):
    assert modern["openapi"] == "3.1.0"
    validate(modern)
    assert swagger["swagger"] == "2.0"
    validate(swagger)


def test_both_forms_describe_the_same_operations(modern, swagger):
    def named(document):
        return {
            (path, method): words["operationId"]
            for path, members in document["paths"].items()
            for method, words in members.items()
        }

    assert named(modern) == named(swagger)
    assert set(named(modern)) == {
        ("/v1/things", "get"),
        ("/v1/things", "post"),
        ("/v1/things/{name}", "get"),
        ("/v1/things/{name}", "put"),
        ("/v1/failures/{name}", "get"),
    }


def test_an_operation_names_its_rule(modern):
    post = modern["paths"]["/v1/things"]["post"]
    assert post["security"] == [{"key": []}]
    assert "`things:write`" in post["description"]
    assert {"201", "401", "403", "422"} <= set(post["responses"])
    assert "security" not in modern["paths"]["/v1/things"]["get"]


def test_bounds_of_fields_are_in_the_description(modern):
    title = modern["components"]["schemas"]["Thing"]["properties"]["title"]
    assert (title["minLength"], title["maxLength"]) == (1, 10)


def test_query_parameters_are_described(modern):
    names = [each["name"] for each in modern["paths"]["/v1/things"]["get"]["parameters"]]
    assert sorted(names) == ["kind", "limit", "office"]


def test_errors_are_problem_documents(modern):
    refusal = modern["paths"]["/v1/things"]["post"]["responses"]["422"]
    assert list(refusal["content"]) == ["application/problem+json"]


def test_a_request_header_that_is_read_is_described(modern):
    parameters = modern["paths"]["/v1/things/{name}"]["get"]["parameters"]
    assert ("header", "If-None-Match") in {(each["in"], each["name"]) for each in parameters}


def test_a_body_that_the_method_reads_itself_is_described(modern):
    body = modern["paths"]["/v1/things/{name}"]["put"]["requestBody"]
    assert list(body["content"]) == ["image/jpeg"]


@pytest.mark.parametrize("limited", [True, False])
def test_a_quota_is_told_where_a_key_is_needed(namespaces, limited):
    words = describe(namespaces, title="T", version="1", form="3.1.0", limited=limited)
    answers = words["paths"]["/v1/things"]
    assert ("429" in answers["post"]["responses"]) is limited
    assert "429" not in answers["get"]["responses"]
