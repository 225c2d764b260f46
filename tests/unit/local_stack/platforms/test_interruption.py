# SPDX-License-Identifier: EUPL-1.2
import pytest

FEED = "/graph/v26.0/1045/feed"
HEADERS = {"Authorization": "Bearer page-token"}


@pytest.mark.parametrize(
    ("status", "code", "transient"), [(503, 2, True), (429, 4, True), (401, 190, False)]
)
def test_a_status_comes_in_the_platforms_shape(web, control, status, code, transient):
    web.post("/_control/faults", json={"mode": "status", "status": status, "retry_after": 2})
    answer = web.post(FEED, data={"message": "Một"}, headers=HEADERS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "2")
    assert (answer.json["error"]["code"], answer.json["error"]["is_transient"]) == (code, transient)
    assert control("posts") == []


def test_faults_can_be_cleared(web):
    web.post("/_control/faults", json={"mode": "status", "times": None})
    assert web.delete("/_control/faults").status_code == 204
    assert web.post(FEED, data={"message": "Một"}, headers=HEADERS).status_code == 200


def test_an_edit_on_x_is_an_operation_of_its_own(web):
    web.post("/_control/faults", json={"platform": "x", "operation": "edit", "mode": "status"})
    headers = {"Authorization": "Bearer user-token"}
    created = web.post("/x/2/tweets", json={"text": "May"}, headers=headers)
    options = {"previous_post_id": created.json["data"]["id"]}
    edited = web.post(
        "/x/2/tweets", json={"text": "June", "edit_options": options}, headers=headers
    )
    assert (created.status_code, edited.status_code) == (201, 503)


def test_the_journal_has_every_call_without_its_token(web, control):
    web.post(FEED, data={"message": "Một", "access_token": "page-token"})
    (call,) = control("requests")
    assert (call["platform"], call["operation"], call["status"]) == ("facebook", "create", 200)
    assert call["body"] == {"message": "Một"}


def test_refuses_what_is_no_fault(web):
    answer = web.post("/_control/faults", json={"mode": "explode"})
    assert (answer.status_code, answer.json["title"]) == (400, "Not a fault")
