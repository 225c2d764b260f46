# SPDX-License-Identifier: EUPL-1.2
"""Drafts, reviews, work, comments, locks, authority and the audit, over HTTP."""

from datetime import timedelta

import pytest

from communique.clock import rfc3339
from communique.ids import new_id

PATH = "/v1/desk/articles"


def pointers(response):
    return {error.get("pointer", error.get("parameter")) for error in response.json["errors"]}


@pytest.fixture
def made(call, written):
    return call("POST", PATH, "author", json=written).json["id"]


@pytest.fixture
def desk(call, made):
    """Act on the article."""

    def act(method, tail, who, **given):
        return call(method, f"{PATH}/{made}{tail}", who, **given)

    return act


def test_a_save_keeps_its_note_with_the_draft(desk, written):
    saved = desk("PUT", "", "author", json={**written, "change_note": "Mới"}, seen=1)
    assert (saved.status_code, saved.json["change_note"]) == (200, "Mới")
    text = {**written["locales"]["en"], "change_note": "Also"}
    assert desk("PUT", "/locales/en", "author", json=text, seen=2).json["change_note"] == "Also"
    lines = desk("GET", "/drafts", "author").json["items"]
    assert [(line["number"], line["change_note"]) for line in lines] == [
        (3, "Also"),
        (2, "Mới"),
        (1, None),
    ]


def test_drafts_go_on_by_cursor(desk, written):
    for seen in (1, 2):
        desk("PUT", "", "author", json=written, seen=seen)
    first = desk("GET", "/drafts?limit=2", "author").json
    rest = desk("GET", f"/drafts?limit=2&cursor={first['next']}", "author").json
    assert [line["number"] for line in first["items"] + rest["items"]] == [3, 2, 1]
    assert rest["next"] is None


def test_two_drafts_are_compared(desk, written):
    written["locales"]["en"]["body"] = [{"type": "paragraph", "html": "Text, <em>indeed</em>."}]
    desk("PUT", "", "author", json={**written, "urgency": 2}, seen=1)
    found = desk("GET", "/drafts/1...2", "author").json
    assert (found["before"], found["now"], found["same"]) == (1, 2, False)
    assert [field["pointer"] for field in found["fields"]] == ["/urgency"]
    ((block,),) = [locale["blocks"] for locale in found["locales"]]
    assert (block["change"], block["before"], block["now"]) == ("changed", 0, 0)
    (field,) = block["fields"]
    assert field["html"] == "Text<ins>, <em>indeed</em></ins>."
    assert [piece["change"] for piece in field["pieces"]] == ["same", "added", "same"]
    assert desk("GET", "/drafts/2...2", "author").json["same"] is True


def test_two_versions_are_compared(call, live, written):
    path = f"{PATH}/{live}"
    text = {**written["locales"]["vi"], "title": "Tuyên bố mới", "correction_note": "Sai."}
    call("PUT", f"{path}/locales/vi", "author", json=text, seen=1)
    call("POST", f"{path}/approve", "editor", seen=2)
    assert call("POST", f"{path}/correct", "publisher", seen=2).status_code == 200
    (locale,) = call("GET", f"{path}/versions/1...2", "author").json["locales"]
    assert {field["pointer"]: field["html"] for field in locale["fields"]}["/title"] == (
        "Tuyên bố<ins> mới</ins>"
    )
    assert call("GET", f"{path}/versions/1...3", "author").status_code == 404


@pytest.mark.parametrize("tail", ["/drafts/9", "/drafts/1...9", f"/drafts/{2**70}"])
def test_a_draft_that_is_not_there_is_not_found(desk, tail):
    assert desk("GET", tail, "author").status_code == 404


def test_an_earlier_draft_comes_back_as_a_new_one(desk, written):
    desk("PUT", "", "author", json={**written, "urgency": 2}, seen=1)
    assert desk("POST", "/drafts/1/restore", "author", json={}).status_code == 428
    assert desk("POST", "/drafts/1/restore", "author", json={}, seen=1).status_code == 412
    assert desk("POST", "/drafts/7/restore", "author", json={}, seen=2).status_code == 404
    body = {"change_note": "Back"}
    back = desk("POST", "/drafts/1/restore", "author", json=body, seen=2)
    assert (back.status_code, back.headers["ETag"]) == (200, '"d3"')
    assert (back.json["restored_from"], back.json["change_note"]) == (1, "Back")
    assert desk("GET", "/drafts/1...3", "author").json["same"] is True


def test_a_draft_is_submitted_sent_back_and_submitted_again(desk):
    assert desk("GET", "/review", "author").json["state"] == "draft"
    early = desk("POST", "/send-back", "editor", json={"reason": "No."}, seen=1)
    assert (early.status_code, early.json["review"]) == (409, "draft")
    for _ in range(2):
        review = desk("POST", "/submit", "author", json={"note": "Please"}, seen=1)
        assert (review.status_code, review.json["state"]) == (200, "in-review")
    assert len(review.json["events"]) == 1
    missing = desk("POST", "/send-back", "editor", json={}, seen=1)
    assert (missing.status_code, pointers(missing)) == (422, {"/reason"})
    sent = desk("POST", "/send-back", "editor", json={"reason": "Too long."}, seen=1)
    assert sent.json["state"] == "draft"
    assert sent.json["events"][-1] | {"at": None, "article": None} == {
        "action": "send-back",
        "article": None,
        "draft": 1,
        "caller": "editor",
        "at": None,
        "words": "Too long.",
        "returned_to": "author",
    }
    desk("POST", "/submit", "author", json={}, seen=1)
    assert desk("POST", "/approve", "editor", seen=1).status_code == 200
    assert desk("GET", "/review", "author").json["state"] == "approved"
    assert desk("POST", "/submit", "author", json={}, seen=1).status_code == 409


def test_another_draft_is_not_in_review(desk, written):
    desk("POST", "/submit", "author", json={}, seen=1)
    desk("PUT", "", "author", json=written, seen=1)
    assert desk("GET", "/review", "author").json["state"] == "draft"
    assert desk("POST", "/submit", "author", json={}, seen=1).status_code == 412


def test_sending_back_is_for_reviewers(desk):
    desk("POST", "/submit", "author", json={}, seen=1)
    answer = desk("POST", "/send-back", "author", json={"reason": "No."}, seen=1)
    assert answer.status_code == 403


def test_work_is_given_done_and_cancelled(call, desk, store):
    due = rfc3339(store.moment + timedelta(hours=2))
    task = {"assignee": "author", "role": "translator", "locale": "fr", "due_at": due}
    given = desk("POST", "/assignments", "editor", json=task)
    assert (given.status_code, given.json["assigned_by"], given.json["done"]) == (
        201,
        "editor",
        False,
    )
    later = desk("POST", "/assignments", "editor", json={"assignee": "author", "role": "author"})
    mine = call("GET", "/v1/desk/work", "author").json["assignments"]
    assert [each["id"] for each in mine] == [given.json["id"], later.json["id"]]
    assert call("GET", "/v1/desk/work", "editor").json["assignments"] == []
    done = desk("POST", f"/assignments/{given.json['id']}/done", "author")
    assert (done.json["done"], done.json["ended_by"]) == (True, "author")
    cancelled = desk("DELETE", f"/assignments/{later.json['id']}", "editor")
    assert (cancelled.json["done"], cancelled.json["ended_by"]) == (False, "editor")
    assert call("GET", "/v1/desk/work", "author").json["assignments"] == []
    assert len(desk("GET", "/assignments", "author").json["items"]) == 2


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"assignee": ""}, "/assignee"),
        ({"role": "king"}, "/role"),
        ({"locale": "french"}, "/locale"),
        ({"due_at": "2001-01-01T00:00:00Z"}, "/due_at"),
        ({"due_at": "soon"}, "/due_at"),
        ({"colour": "red"}, "/colour"),
        ({"note": "a\x00"}, "/note"),
    ],
)
def test_each_wrong_field_of_a_task_is_named(desk, store, change, pointer):
    task = {"assignee": "author", "role": "author", **change}
    answer = desk("POST", "/assignments", "editor", json=task)
    assert (answer.status_code, pointers(answer)) == (422, {pointer})
    assert store.tables.assignments == {}


@pytest.mark.parametrize("unknown", ["x", new_id()])
def test_work_and_comments_that_are_not_there_are_not_found(desk, unknown):
    assert desk("POST", f"/assignments/{unknown}/done", "author").status_code == 404
    assert desk("DELETE", f"/assignments/{unknown}", "author").status_code == 404
    assert desk("POST", f"/comments/{unknown}/resolve", "author").status_code == 404
    body = {"text": "Hm."}
    assert desk("POST", f"/comments/{unknown}/replies", "author", json=body).status_code == 404


def test_my_work_shows_what_waits_for_me(call, desk, made):
    desk("POST", "/submit", "author", json={}, seen=1)
    waiting = call("GET", "/v1/desk/work", "editor").json["to_review"]
    assert [(each["article"], each["draft"]) for each in waiting] == [(made, 1)]
    assert call("GET", "/v1/desk/work", "author").json["to_review"] == []
    desk("POST", "/send-back", "editor", json={"reason": "No."}, seen=1)
    desk("POST", "/lock", "author", json={})
    mine = call("GET", "/v1/desk/work", "author").json
    assert [each["words"] for each in mine["sent_back"]] == ["No."]
    assert [each["article"] for each in mine["locks"]] == [made]
    assert call("GET", "/v1/desk/work", "editor").json["to_review"] == []


def test_a_lock_stops_the_saves_of_others_until_it_expires(desk, store, written):
    held = desk("POST", "/lock", "author", json={"locale": "vi", "seconds": 60})
    assert (held.status_code, held.json["holder"], held.json["locale"]) == (200, "author", "vi")
    for tail, body in (("", written), ("/locales/vi", written["locales"]["vi"])):
        refused = desk("PUT", tail, "editor", json=body, seen=1)
        assert (refused.status_code, refused.json["holder"]) == (409, "author")
    assert desk("POST", "/drafts/1/restore", "editor", json={}, seen=1).status_code == 409
    english = written["locales"]["en"]
    assert desk("PUT", "/locales/en", "editor", json=english, seen=1).status_code == 200
    assert desk("PUT", "", "author", json=written, seen=2).status_code == 200
    store.pass_time(timedelta(seconds=60))
    assert desk("PUT", "", "editor", json=written, seen=3).status_code == 200


def test_a_lock_is_renewed_refused_and_let_go(desk, store):
    first = desk("POST", "/lock", "author", json={"seconds": 60}).json
    store.pass_time(timedelta(seconds=30))
    again = desk("POST", "/lock", "author", json={"seconds": 60}).json
    assert again["acquired_at"] == first["acquired_at"]
    assert again["expires_at"] > first["expires_at"]
    refused = desk("POST", "/lock", "editor", json={"locale": "vi"})
    assert (refused.status_code, refused.json["holder"]) == (409, "author")
    assert desk("DELETE", "/lock", "editor").status_code == 409
    assert len(desk("GET", "/lock", "editor").json["items"]) == 1
    assert desk("DELETE", "/lock", "author").status_code == 204
    assert desk("GET", "/lock", "editor").json["items"] == []
    assert desk("POST", "/lock", "editor", json={"locale": "vi"}).status_code == 200
    assert desk("DELETE", "/lock?locale=fr", "author").status_code == 204
    assert desk("DELETE", "/lock?locale=vi", "author").status_code == 409


def test_a_lock_is_stolen_with_a_reason_that_the_audit_keeps(desk):
    desk("POST", "/lock", "author", json={"locale": "vi"})
    silent = desk("POST", "/lock", "editor", json={"steal": True})
    assert (silent.status_code, pointers(silent)) == (422, {"/reason"})
    stolen = desk("POST", "/lock", "editor", json={"steal": True, "reason": "On leave."})
    assert (stolen.status_code, stolen.json["holder"]) == (200, "editor")
    line = desk("GET", "/audit", "editor").json["items"][0]
    assert (line["caller"], line["action"]) == ("editor", "steal-lock")
    assert (line["details"]["holder"], line["details"]["reason"]) == ("author", "On leave.")


def test_an_author_does_not_steal(desk):
    desk("POST", "/lock", "editor", json={})
    answer = desk("POST", "/lock", "author", json={"steal": True, "reason": "Mine!"})
    assert (answer.status_code, answer.json["reason"]) == (403, "role")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"seconds": 9}, "/seconds"),
        ({"seconds": 3_601}, "/seconds"),
        ({"seconds": "60"}, "/seconds"),
        ({"locale": "x_y"}, "/locale"),
        ({"steal": "yes"}, "/steal"),
        ({"ttl": 60}, "/ttl"),
    ],
)
def test_each_wrong_field_of_a_lock_is_named(desk, store, body, pointer):
    answer = desk("POST", "/lock", "author", json=body)
    assert (answer.status_code, pointers(answer)) == (422, {pointer})
    assert store.tables.locks == {}


def test_comments_stay_with_their_words_and_are_resolved(desk, written):
    anchor = {"locale": "vi", "block": 1, "quote": "nghiêng"}
    made = desk("POST", "/comments", "editor", json={"text": "Why?", "anchor": anchor})
    assert (made.status_code, made.json["outdated"], made.json["block"]) == (201, False, 1)
    assert made.json["anchor"]["text"] == "Chữ nghiêng."
    path = f"/comments/{made.json['id']}"
    assert desk("POST", f"{path}/replies", "author", json={"text": "So."}).status_code == 201
    written["locales"]["vi"]["body"].insert(0, {"type": "divider"})
    desk("PUT", "", "author", json=written, seen=1)
    (thread,) = desk("GET", "/comments?locale=vi", "author").json["items"]
    assert (thread["outdated"], thread["block"], thread["anchor"]["block"]) == (False, 2, 1)
    assert [reply["text"] for reply in thread["replies"]] == ["So."]
    written["locales"]["vi"]["body"] = [{"type": "paragraph", "html": "Chữ."}]
    desk("PUT", "", "author", json=written, seen=2)
    (thread,) = desk("GET", "/comments?resolved=false", "author").json["items"]
    assert (thread["outdated"], thread["block"]) == (True, None)
    resolved = desk("POST", f"{path}/resolve", "author").json
    assert resolved["resolved_by"] == "author"
    assert desk("GET", "/comments?resolved=false", "author").json["items"] == []
    assert desk("GET", "/comments?locale=en", "author").json["items"] == []
    assert desk("POST", f"{path}/reopen", "editor").json["resolved_at"] is None
    desk("POST", f"{path}/resolve", "author")
    desk("POST", f"{path}/replies", "editor", json={"text": "No."})
    assert desk("GET", "/comments", "author").json["items"][0]["resolved_at"] is None


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/text"),
        ({"text": " "}, "/text"),
        ({"text": "x", "anchor": {"block": 0}}, "/anchor/locale"),
        ({"text": "x", "anchor": {"locale": "fr"}}, "/anchor/locale"),
        ({"text": "x", "anchor": {"locale": "vi", "block": 9}}, "/anchor/block"),
        ({"text": "x", "anchor": {"locale": "vi", "block": -1}}, "/anchor/block"),
        ({"text": "x", "anchor": {"locale": "vi", "field": "slug"}}, "/anchor/field"),
        ({"text": "x", "anchor": {"locale": "vi", "block": 0, "quote": "y"}}, "/anchor/quote"),
        ({"text": "x", "where": 1}, "/where"),
    ],
)
def test_each_wrong_field_of_a_comment_is_named(desk, store, body, pointer):
    answer = desk("POST", "/comments", "author", json=body)
    assert (answer.status_code, pointers(answer)) == (422, {pointer})
    assert store.tables.comments == {}


def test_a_rule_reserves_release_until_it_ends(call, desk):
    rule = {"power": "release", "kind": "statement", "labels": ["spokesperson"]}
    made = call("POST", "/v1/desk/authority", "admin", json=rule)
    assert (made.status_code, made.json["created_by"]) == (201, "admin")
    desk("POST", "/approve", "editor", seen=1)
    refused = desk("POST", "/publish", "publisher", seen=1)
    assert (refused.status_code, refused.json["reason"]) == (403, "rule")
    assert refused.json["rule"] == made.json["id"]
    told = desk("GET", "/permissions", "publisher").json
    (publish,) = [each for each in told["items"] if each["action"] == "publish"]
    assert (publish["allowed"], publish["rule"]) == (False, made.json["id"])
    path = f"/v1/desk/authority/{made.json['id']}"
    assert call("DELETE", path, "admin").json["ended_by"] == "admin"
    assert call("DELETE", path, "admin").status_code == 409
    assert call("GET", "/v1/desk/authority", "admin").json["items"] == []
    assert len(call("GET", "/v1/desk/authority?ended=true", "admin").json["items"]) == 1
    assert desk("POST", "/publish", "publisher", seen=1).status_code == 200


def test_another_kind_in_a_newer_draft_does_not_open_what_is_public(call, live, written):
    rule = {"power": "release", "kind": "statement", "labels": ["spokesperson"]}
    call("POST", "/v1/desk/authority", "admin", json=rule)
    call("PUT", f"{PATH}/{live}", "author", json={**written, "kind": "news"}, seen=1)
    body = {"notices": {"vi": "Rút."}}
    refused = call("POST", f"{PATH}/{live}/retract", "publisher", json=body, seen=2)
    assert (refused.status_code, refused.json["reason"]) == (403, "rule")


@pytest.mark.parametrize("unknown", ["x", new_id()])
def test_a_rule_that_is_not_there_is_not_found(call, unknown):
    assert call("DELETE", f"/v1/desk/authority/{unknown}", "admin").status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"power": "veto"}, "/power"),
        ({"labels": []}, "/roles"),
        ({"roles": ["king"]}, "/roles/0"),
        ({"kind": "poem"}, "/kind"),
        ({"topic": "maritime"}, "/topic"),
        ({"place": "Hanoi"}, "/place"),
        ({"labels": [""]}, "/labels/0"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_each_wrong_field_of_a_rule_is_named(call, store, change, pointer):
    rule = {"power": "approve", "labels": ["spokesperson"], **change}
    answer = call("POST", "/v1/desk/authority", "admin", json=rule)
    assert (answer.status_code, pointers(answer)) == (422, {pointer})
    assert store.tables.authority == {}


def test_rules_are_for_those_who_manage_authority(call):
    assert call("GET", "/v1/desk/authority", "editor").status_code == 403


def test_everybody_is_told_what_they_may_do_and_why_not(desk):
    def told(who):
        return {
            each["action"]: (each["allowed"], each["reason"])
            for each in desk("GET", "/permissions", who).json["items"]
        }

    author, editor = told("author"), told("editor")
    assert author["edit"] == (True, "allowed")
    assert author["approve"] == (False, "scope")
    assert author["steal-lock"] == (False, "role")
    assert editor["approve"] == (True, "allowed")
    assert told("publisher")["publish"] == (False, "state")


def test_four_eyes_are_told_before_they_are_met(call, written):
    made = call("POST", PATH, "editor", json=written).json["id"]
    told = call("GET", f"{PATH}/{made}/permissions", "editor").json
    (approve,) = [each for each in told["items"] if each["action"] == "approve"]
    assert (approve["allowed"], approve["reason"]) == (False, "four-eyes")


def test_a_translator_writes_translations_alone(desk, call, written):
    text = written["locales"]["en"]
    assert desk("PUT", "/locales/en", "translator", json=text, seen=1).status_code == 200
    source = desk("PUT", "/locales/vi", "translator", json=written["locales"]["vi"], seen=2)
    assert (source.status_code, source.json["reason"]) == (403, "role")
    assert desk("PUT", "", "translator", json=written, seen=2).status_code == 403
    assert desk("POST", "/drafts/1/restore", "translator", json={}, seen=2).status_code == 403
    assert call("POST", PATH, "translator", json=written).status_code == 403


def test_the_audit_is_paged_newest_first(desk, written):
    desk("PUT", "", "author", json=written, seen=1)
    desk("POST", "/approve", "editor", seen=2)
    first = desk("GET", "/audit?limit=2", "author").json
    rest = desk("GET", f"/audit?limit=2&cursor={first['next']}", "author").json
    acts = [(line["caller"], line["action"]) for line in first["items"] + rest["items"]]
    assert acts == [("editor", "approve"), ("author", "save"), ("author", "create")]
    assert rest["next"] is None
    wrong = desk("GET", "/audit?cursor=x", "author")
    assert (wrong.status_code, pointers(wrong)) == (422, {"cursor"})


@pytest.mark.parametrize(
    "tail",
    [
        "/drafts",
        "/drafts/1",
        "/drafts/1...2",
        "/versions/1...2",
        "/review",
        "/lock",
        "/comments",
        "/assignments",
        "/permissions",
        "/audit",
    ],
)
@pytest.mark.parametrize("unknown", ["01941f29-7c00-7000-8000-00000000ffff", "x"])
def test_an_unknown_article_is_not_found(call, tail, unknown):
    assert call("GET", f"{PATH}/{unknown}{tail}", "author").status_code == 404


def test_whoever_wrote_one_language_may_approve_another(desk, written):
    desk("PUT", "/locales/en", "editor", json=written["locales"]["en"] | {"title": "Mine"}, seen=1)
    assert desk("POST", "/locales/vi/approve", "editor", seen=2).status_code == 200
    assert desk("POST", "/locales/en/approve", "editor", seen=2).status_code == 403
    assert desk("POST", "/approve", "editor", seen=2).status_code == 403


def test_rules_hold_for_one_language_too(call, desk):
    rule = {"power": "approve", "kind": "statement", "labels": ["spokesperson"]}
    call("POST", "/v1/desk/authority", "admin", json=rule)
    refused = desk("POST", "/locales/vi/approve", "editor", seen=1)
    assert (refused.status_code, refused.json["reason"]) == (403, "rule")
