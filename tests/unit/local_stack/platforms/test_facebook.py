# SPDX-License-Identifier: EUPL-1.2
import pytest

PAGE = "1045"
FEED = f"/graph/v26.0/{PAGE}/feed"
HEADERS = {"Authorization": "Bearer page-token"}


@pytest.fixture
def post(web):
    return lambda **form: web.post(FEED, data=form, headers=HEADERS)


def test_keeps_message_and_link(post, web):
    post_id = post(message="Xin chào", link="https://mofa.gov.vn/a").json["id"]
    fields = "id,message,attachments{media_type,unshimmed_url}"
    shown = web.get(f"/graph/v26.0/{post_id}", query_string={"fields": fields}, headers=HEADERS)
    assert shown.json["message"] == "Xin chào"
    assert shown.json["attachments"]["data"][0]["unshimmed_url"] == "https://mofa.gov.vn/a"


def test_takes_json_and_a_token_as_parameter(web):
    answer = web.post(FEED, json={"message": "Một", "access_token": "page-token"})
    assert answer.json["id"].startswith(f"{PAGE}_")


def test_refuses_the_same_message_twice_in_a_row(post):
    post(message="Một")
    answer = post(message="Một")
    assert (answer.status_code, answer.json["error"]["code"]) == (400, 506)


def test_takes_the_same_message_again_after_another(post):
    post(message="Một")
    post(message="Hai")
    assert post(message="Một").status_code == 200


@pytest.mark.parametrize(("length", "status"), [(63_206, 200), (63_207, 400)])
def test_holds_the_limit(post, length, status):
    assert post(message="ệ" * length).status_code == status


def test_refuses_an_empty_post(post):
    assert post().json["error"]["code"] == 100


@pytest.mark.parametrize(("token", "code"), [("wrong", 190), ("user-token", 190), (None, 190)])
def test_refuses_a_wrong_token(web, token, code):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    assert web.post(FEED, data={"message": "Một"}, headers=headers).json["error"]["code"] == code


def test_refuses_another_page(web):
    answer = web.post("/graph/v26.0/7/feed", data={"message": "Một"}, headers=HEADERS)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, 200)


def test_an_edit_keeps_the_id_and_the_history(post, web, control, clock):
    post_id = post(message="Tháng 5").json["id"]
    clock.advance(minutes=1)
    assert web.post(f"/graph/v26.0/{post_id}", data={"message": "Tháng 4"}, headers=HEADERS).json
    (kept,) = control("posts", platform="facebook", account=PAGE)
    assert (kept["id"], kept["text"]) == (post_id, "Tháng 4")
    assert [version["text"] for version in kept["history"]] == ["Tháng 5", "Tháng 4"]
    assert kept["edited_at"] == "2026-11-24T06:01:00Z"


def test_a_deleted_post_is_gone_for_readers_only(post, web, control):
    post_id = post(message="Một").json["id"]
    assert web.delete(f"/graph/v26.0/{post_id}", headers=HEADERS).json == {"success": True}
    gone = web.get(f"/graph/v26.0/{post_id}", headers=HEADERS).json["error"]
    assert (gone["code"], gone["error_subcode"]) == (100, 33)
    assert web.get(FEED, headers=HEADERS).json == {"data": []}
    assert control("posts")[0]["deleted_at"] is not None


def test_the_feed_pages_newest_first(post, web):
    for number in range(5):
        post(message=f"Tin {number}")
    first = web.get(FEED, query_string={"limit": 3}, headers=HEADERS).json
    second = web.get(first["paging"]["next"], headers=HEADERS).json
    shown = [each["message"] for each in first["data"] + second["data"]]
    assert shown == [f"Tin {number}" for number in (4, 3, 2, 1, 0)]
    assert "next" not in second["paging"]


def test_the_feed_begins_at_since(post, web, clock):
    post(message="Cũ")
    clock.advance(hours=1)
    since = int(clock.now().timestamp())
    post(message="Mới")
    shown = web.get(FEED, query_string={"since": since}, headers=HEADERS).json["data"]
    assert [each["message"] for each in shown] == ["Mới"]


def test_refuses_a_photo_that_was_never_put_up(post):
    answer = post(message="Một", attached_media='[{"media_fbid": "1"}]')
    assert answer.json["error"]["code"] == 100


def test_refuses_a_photo_that_is_not_on_the_web(web):
    data = {"url": "file:///etc/hostname", "published": "false"}
    answer = web.post(f"/graph/v26.0/{PAGE}/photos", data=data, headers=HEADERS)
    assert answer.json["error"]["code"] == 324
