# SPDX-License-Identifier: EUPL-1.2
import pytest

JSON = {"Content-Type": "application/json"}


def errors_of(answer):
    return [
        (each.get("pointer", each.get("parameter")), each["detail"])
        for each in answer.json["errors"]
    ]


def test_the_rule_comes_before_validation(client):
    answer = client.post("/v1/things", data=b"{", headers=JSON)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="communique"'


def test_a_key_without_the_scope_is_refused_before_validation(client, bearer):
    answer = client.post("/v1/things", data=b"{", headers=bearer("things:read") | JSON)
    assert answer.status_code == 403
    assert errors_of(answer) == [("Authorization", "This needs the scope things:write.")]


def test_a_body_is_loaded_and_the_result_dumped(client, bearer):
    answer = client.post(
        "/v1/things",
        json={"title": "Vie\u0323\u0302t", "parts": [{"name": "a"}]},
        headers=bearer("things:write"),
    )
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/v1/things/1"
    assert answer.headers["X-Caller"] == "desk"
    assert answer.json == {"title": "Việt", "parts": [{"name": "a"}], "names": {}}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "/title"),
        ({"title": "x" * 11}, "/title"),
        ({"title": "a", "stranger": 1}, "/stranger"),
        (
            {"title": "a", "parts": [{"name": "b"}, {"name": "b", "stranger": 1}]},
            "/parts/1/stranger",
        ),
        ({"title": "a", "names": {"vi": "\x00"}}, "/names/vi"),
        ({"title": "a", "names": {"VI": "b"}}, "/names/VI"),
        ([], "/"),
        ("text", "/"),
    ],
)
def test_a_body_that_does_not_fit_names_its_field(client, bearer, body, place):
    answer = client.post("/v1/things", json=body, headers=bearer("things:write"))
    assert answer.status_code == 422
    assert [where for where, _ in errors_of(answer)] == [place]


def test_null_is_no_body_that_fits(client, bearer):
    answer = client.post("/v1/things", data=b"null", headers=bearer("things:write") | JSON)
    assert (answer.status_code, errors_of(answer)[0][0]) == (422, "/")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"title": NaN}', b'{"title":"\\ud800"}'])
def test_a_body_that_is_no_json_is_malformed(client, bearer, body):
    answer = client.post("/v1/things", data=body, headers=bearer("things:write") | JSON)
    assert answer.status_code == 400
    assert answer.json["title"] == "Malformed body"


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "multipart/form-data"])
def test_a_body_of_another_type_is_refused(client, bearer, media_type):
    headers = bearer("things:write") | {"Content-Type": media_type}
    answer = client.post("/v1/things", data=b'{"title":"a"}', headers=headers)
    assert answer.status_code == 415
    assert errors_of(answer) == [("Content-Type", "Must be application/json.")]


def test_the_problem_does_not_echo_what_was_sent(client, bearer):
    answer = client.post(
        "/v1/things", json={"title": "<script>alert(1)</script>"}, headers=bearer("things:write")
    )
    assert b"<script>" not in answer.data


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", ":10"),
        ("?kind=news", "news:10"),
        ("?kind=news,speech", "news,speech:10"),
        ("?kind=news&kind=speech", "news,speech:10"),
        ("?kind=news,&limit=3", "news:3"),
        ("?kind=", ":10"),
    ],
)
def test_lists_in_a_query_are_repeated_or_separated_by_commas(client, query, title):
    assert client.get(f"/v1/things{query}").json["items"][0]["title"] == title


@pytest.mark.parametrize(
    ("query", "name"),
    [("limit=1&limit=2", "limit"), ("limit=x", "limit"), ("order=asc", "order")],
)
def test_a_parameter_that_does_not_fit_is_named(client, query, name):
    answer = client.get(f"/v1/things?{query}")
    assert answer.status_code == 422
    assert [each["parameter"] for each in answer.json["errors"]] == [name]


def test_one_bad_item_of_a_list_is_a_422_of_that_parameter(client):
    answer = client.get("/v1/things?kind=news,NEWS")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"].startswith("kind")


def test_a_media_type_answer_is_sent_as_it_is(client, bearer):
    answer = client.get("/v1/things/hat", headers=bearer("things:hat"))
    assert (answer.data, answer.content_type) == (b"hat\n", "text/plain; charset=utf-8")


def test_the_scope_may_name_a_part_of_the_path(client, bearer):
    assert client.get("/v1/things/hat", headers=bearer("things:shoe")).status_code == 403


def test_an_answer_without_a_shape_has_no_body(client):
    answer = client.put("/v1/things/hat", data=b"\xff\xd8")
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_list_whose_values_hold_commas_is_repeated_only(client):
    answer = client.get("/v1/things?office=a,b&office=c")
    assert answer.json["items"][0]["title"] == ":10a,b|c"
