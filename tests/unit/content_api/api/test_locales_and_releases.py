# SPDX-License-Identifier: EUPL-1.2
"""Languages, embargoes and releases over HTTP."""

from datetime import timedelta

import pytest

from communique.clock import rfc3339

ARTICLES = "/v1/desk/articles"
RELEASES = "/v1/desk/releases"


@pytest.fixture
def held(call, store, written):
    """A scheduled article that the press holds."""
    until = rfc3339(store.moment + timedelta(hours=1))
    document = {**written, "audience": "press", "embargo_until": until}
    made = call("POST", ARTICLES, "author", json=document).json["id"]
    call("POST", f"{ARTICLES}/{made}/approve", "editor", seen=1)
    assert call("POST", f"{ARTICLES}/{made}/publish", "publisher", seen=1).status_code == 202
    return made


def test_a_language_is_taken_down_and_put_up_again(call, live):
    path = f"{ARTICLES}/{live}/locales/en"
    body = {"notice": "Under review."}
    gone = call("POST", f"{path}/withdraw", "publisher", json=body, seen=1)
    assert (gone.status_code, gone.json["state"], gone.json["notice"]) == (
        200,
        "withdrawn",
        "Under review.",
    )
    answer = call("GET", f"/v1/articles/{live}?locale=en", "reader")
    assert (answer.status_code, answer.json["notices"]) == (410, {"en": "Under review."})
    assert call("GET", f"/v1/articles/{live}?locale=vi", "reader").status_code == 200
    assert call("GET", "/articles/en/statement", None).status_code == 410
    again = call("POST", f"{path}/publish", "publisher", seen=1)
    assert (again.status_code, again.json["state"], again.json["version"]) == (200, "live", 3)
    shown = call("GET", f"{ARTICLES}/{live}/locales", "author").json
    assert [(each["locale"], each["version"]) for each in shown["items"]] == [("en", 3), ("vi", 1)]
    assert (shown["article"], shown["version"]) == (live, 3)


def test_a_language_goes_its_way_by_itself(call, store, written):
    made = call("POST", ARTICLES, "author", json=written).json["id"]
    path = f"{ARTICLES}/{made}/locales/en"
    submitted = call("POST", f"{path}/submit", "author", seen=1)
    assert (submitted.status_code, submitted.json["state"]) == (200, "in-review")
    assert call("POST", f"{path}/publish", "publisher", seen=1).status_code == 409
    assert call("POST", f"{path}/approve", "editor", seen=1).json["state"] == "approved"
    at = rfc3339(store.moment + timedelta(minutes=5))
    scheduled = call("POST", f"{path}/schedule", "publisher", json={"publish_at": at}, seen=1)
    assert scheduled.json["publish_at"] == at
    assert call("DELETE", f"{path}/schedule", "publisher", seen=1).json["publish_at"] is None
    assert call("POST", f"{path}/publish", "publisher", seen=1).json["state"] == "live"
    assert set(call("GET", f"/v1/articles/{made}", "reader").json["locales"]) == {"en"}


@pytest.mark.parametrize(
    "step", ["submit", "approve", "publish", "correct", "schedule", "withdraw"]
)
def test_every_step_of_a_language_needs_if_match_and_a_language(call, live, step):
    who = {"submit": "author", "approve": "editor"}.get(step, "publisher")
    body = {"schedule": {"publish_at": "2026-03-03T00:00:00Z"}, "withdraw": {"notice": "x"}}
    path = f"{ARTICLES}/{live}/locales"
    json = body.get(step)
    assert call("POST", f"{path}/vi/{step}", who, json=json).status_code == 428
    assert call("POST", f"{path}/v_i/{step}", who, json=json, seen=1).status_code == 422


def test_the_press_reads_what_it_holds_and_nobody_keeps_it(call, held):
    path = f"/v1/embargoed/articles/{held}"
    answer = call("GET", path, "press")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.json["locales"]["en"]["title"] == "Statement"
    listed = call("GET", "/v1/embargoed/articles", "press")
    assert [each["id"] for each in listed.json["items"]] == [held]
    assert listed.headers["Cache-Control"] == "no-store"
    for who, status in ((None, 401), ("reader", 403), ("author", 403)):
        assert call("GET", path, who).status_code == status
    assert call("GET", f"/v1/articles/{held}", "reader").status_code == 404


def test_an_embargo_is_moved_and_lifted(call, store, held):
    path = f"{ARTICLES}/{held}/embargo"
    until = rfc3339(store.moment + timedelta(hours=2))
    moved = call(
        "POST", path, "publisher", json={"embargo_until": until, "reason": "Visit."}, seen=1
    )
    assert (moved.status_code, moved.json["embargo_until"]) == (202, until)
    assert call("POST", path, "publisher", json={"embargo_until": until}, seen=1).status_code == 422
    lift = {"embargo_until": None, "reason": "It leaked."}
    assert call("POST", path, "publisher", json=lift).status_code == 428
    lifted = call("POST", path, "publisher", json=lift, seen=1)
    assert (lifted.status_code, lifted.json["state"]) == (200, "live")
    assert call("GET", f"/v1/embargoed/articles/{held}", "press").status_code == 410
    assert call("GET", f"/v1/articles/{held}", "reader").status_code == 200


def test_a_schedule_is_given_up(call, held):
    body = {"reason": "No visit."}
    ended = call("POST", f"{ARTICLES}/{held}/unschedule", "publisher", json=body, seen=1)
    assert (ended.status_code, ended.json["state"]) == (200, "approved")
    assert call("GET", f"/v1/embargoed/articles/{held}", "press").status_code == 410


def test_a_release_is_planned_blocked_and_published(call, written):
    made = call("POST", ARTICLES, "author", json=written).json["id"]
    plan = {"title": "Summit", "items": [{"article": made}]}
    release = call("POST", RELEASES, "publisher", json=plan)
    assert (release.status_code, release.json["ready"]) == (201, False)
    assert release.json["items"][0]["blocked"] == "Draft 1 has not been approved."
    path, seen = release.headers["Location"], {"If-Match": release.headers["ETag"]}
    assert call("POST", f"{path}/publish", "publisher").status_code == 428
    blocked = call("POST", f"{path}/publish", "publisher", headers=seen)
    assert (blocked.status_code, blocked.json["errors"][0]["pointer"]) == (409, "/items/0")
    call("POST", f"{ARTICLES}/{made}/approve", "editor", seen=1)
    done = call("POST", f"{path}/publish", "publisher", headers=seen)
    assert (done.status_code, done.json["state"]) == (200, "published")
    assert done.json["items"][0]["version"] == 1
    listed = call("GET", f"{RELEASES}?state=published", "author").json["items"]
    assert [each["id"] for each in listed] == [done.json["id"]]


def test_a_release_is_changed_scheduled_cancelled_and_forgotten(call, store, live):
    plan = {"title": "Summit", "items": [{"article": live, "locale": "vi"}]}
    release = call("POST", RELEASES, "publisher", json=plan)
    path = release.headers["Location"]

    def act(method, tail, **options):
        etag = call("GET", path, "author").headers["ETag"]
        return call(method, path + tail, "publisher", headers={"If-Match": etag}, **options)

    partial = {**plan, "mode": "partial"}
    assert act("PUT", "", json=partial).status_code == 422
    assert act("PUT", "", json={**partial, "reason": "No link."}).json["mode"] == "partial"
    at = rfc3339(store.moment + timedelta(minutes=5))
    assert act("POST", "/schedule", json={"publish_at": at}).json["state"] == "scheduled"
    assert act("DELETE", "").status_code == 409
    assert act("POST", "/cancel").json["state"] == "cancelled"
    assert act("DELETE", "").status_code == 204
    assert call("GET", path, "author").status_code == 404
    assert call("GET", f"{RELEASES}/x", "author").status_code == 404
