# SPDX-License-Identifier: EUPL-1.2
import pytest

TWEETS = "/x/2/tweets"
TIMELINE = "/x/2/users/1450/tweets"
HEADERS = {"Authorization": "Bearer user-token"}


@pytest.fixture
def post(web):
    return lambda text, **more: web.post(TWEETS, json={"text": text, **more}, headers=HEADERS)


@pytest.fixture
def edit(post):
    def edit(text, previous):
        return post(text, edit_options={"previous_post_id": previous})

    return edit


def test_shows_short_links_and_says_what_they_stand_for(post, web):
    post_id = post("News https://mofa.gov.vn/en/a").json["data"]["id"]
    query = {"tweet.fields": "entities"}
    shown = web.get(f"{TWEETS}/{post_id}", query_string=query, headers=HEADERS).json["data"]
    (url,) = shown["entities"]["urls"]
    assert url["expanded_url"] == "https://mofa.gov.vn/en/a"
    assert shown["text"] == f"News {url['url']}"


@pytest.mark.parametrize(
    ("text", "status"), [("a" * 280, 201), ("a" * 281, 400), ("ệ" * 140, 201), ("ệ" * 141, 400)]
)
def test_holds_the_weighted_limit(post, text, status):
    answer = post(text)
    assert answer.status_code == status
    assert status == 201 or answer.json["type"].endswith("/invalid-request")


def test_refuses_a_twin(post):
    post("One")
    answer = post("One")
    assert answer.status_code == 403
    assert answer.json["detail"] == "You are not allowed to create a Tweet with duplicate content."


def test_refuses_a_wrong_token(web):
    answer = web.post(TWEETS, json={"text": "One"}, headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.json["title"]) == (401, "Unauthorized")


@pytest.mark.parametrize(
    "body", [{}, {"text": " "}, {"text": "One", "colour": "red"}, {"text": "One", "reply": "1"}]
)
def test_refuses_a_body_it_does_not_know(web, body):
    assert web.post(TWEETS, json=body, headers=HEADERS).status_code == 400


def test_a_reply_names_its_parent(post, control):
    parent = post("One").json["data"]["id"]
    post("Correction", reply={"in_reply_to_tweet_id": parent})
    assert [each["parent"] for each in control("posts", platform="x")] == [None, parent]


def test_refuses_a_reply_to_what_is_gone(post, web):
    parent = post("One").json["data"]["id"]
    web.delete(f"{TWEETS}/{parent}", headers=HEADERS)
    assert post("Two", reply={"in_reply_to_tweet_id": parent}).status_code == 403


def test_every_edit_has_a_new_id_and_only_the_last_is_on_the_timeline(post, edit, web, control):
    first = post("May").json["data"]["id"]
    second = edit("April", first).json["data"]
    assert second["edit_history_tweet_ids"] == [first, second["id"]]
    shown = web.get(TIMELINE, headers=HEADERS).json["data"]
    assert [each["text"] for each in shown] == ["April"]
    (kept,) = control("posts", platform="x")
    assert [version["text"] for version in kept["history"]] == ["May", "April"]


def test_an_edit_must_start_from_the_last_version(post, edit):
    first = post("May").json["data"]["id"]
    edit("April", first)
    assert edit("June", first).status_code == 403


@pytest.mark.parametrize(("minutes", "status"), [(30, 201), (31, 403)])
def test_edits_end_after_half_an_hour(post, edit, clock, minutes, status):
    first = post("May").json["data"]["id"]
    clock.advance(minutes=minutes)
    assert edit("April", first).status_code == status


def test_there_are_five_edits(post, edit):
    last = post("Text 0").json["data"]["id"]
    statuses = []
    for number in range(1, 7):
        answer = edit(f"Text {number}", last)
        statuses.append(answer.status_code)
        last = answer.json["data"]["id"] if "data" in answer.json else last
    assert statuses == [201] * 5 + [403]


def test_deleting_one_version_deletes_all(post, edit, web):
    first = post("May").json["data"]["id"]
    second = edit("April", first).json["data"]["id"]
    assert web.delete(f"{TWEETS}/{first}", headers=HEADERS).json == {"data": {"deleted": True}}
    gone = web.get(f"{TWEETS}/{second}", headers=HEADERS)
    assert (gone.status_code, gone.json["errors"][0]["title"]) == (200, "Not Found Error")
    assert web.get(TIMELINE, headers=HEADERS).json == {"meta": {"result_count": 0}}


def test_deleting_what_never_was_is_not_found(web):
    assert web.delete(f"{TWEETS}/1", headers=HEADERS).status_code == 404


def test_the_timeline_pages_newest_first(post, web):
    ids = [post(f"Text {number}").json["data"]["id"] for number in range(7)]
    first = web.get(TIMELINE, query_string={"max_results": 5}, headers=HEADERS).json
    query = {"max_results": 5, "pagination_token": first["meta"]["next_token"]}
    second = web.get(TIMELINE, query_string=query, headers=HEADERS).json
    assert [each["id"] for each in first["data"] + second["data"]] == ids[::-1]
    assert "next_token" not in second["meta"]


def test_the_timeline_begins_after_since_id(post, web):
    old, new = (post(text).json["data"]["id"] for text in ("Old", "New"))
    shown = web.get(TIMELINE, query_string={"since_id": old}, headers=HEADERS).json["data"]
    assert [each["id"] for each in shown] == [new]


@pytest.mark.parametrize("most", ["4", "101", "many"])
def test_refuses_a_page_size_out_of_bounds(web, most):
    answer = web.get(TIMELINE, query_string={"max_results": most}, headers=HEADERS)
    assert answer.status_code == 400
