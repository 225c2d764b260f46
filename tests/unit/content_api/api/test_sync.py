# SPDX-License-Identifier: EUPL-1.2
import threading
import time

import orjson
import pytest

from content_api.testing.builders import a_document, with_slugs
from content_api.testing.desk import Desk
from content_api.use_cases.retract import retract

PATH = "/v1/sync"


def test_the_present_state_and_then_what_changes(call, store, live):
    first = call("GET", f"{PATH}?locale=vi", "reader").json
    assert [(each["change"], each["article"]) for each in first["items"]] == [("put", live)]
    assert first["more"] is False
    address = f"{PATH}?locale=vi&cursor={first['next']}"
    assert call("GET", address, "reader").json["items"] == []
    retract(live, {"vi": "Rút."}, store.deps(), caller="publisher", seen=1)
    gone = call("GET", address, "reader").json
    assert gone["items"] == [
        {
            "change": "tombstone",
            "article": live,
            "locale": "vi",
            "version": 2,
            "reason": "retracted",
        }
    ]
    assert gone["next"] != first["next"]


def test_the_document_is_the_stored_bytes(call, store, live):
    stored, _ = store.tables.published[live, "vi"]
    assert stored.body in call("GET", f"{PATH}?locale=vi", "reader").data
    whole = call("GET", PATH, "reader").json["items"][0]
    assert whole["locale"] is None
    assert set(whole["document"]["locales"]) == {"vi", "en"}


def test_pages_go_on_by_next(call, store):
    desk = Desk(store.deps())
    made = [desk.live(with_slugs(a_document(), str(number))).id for number in range(5)]
    seen, cursor, more = [], "", True
    while more:
        page = call("GET", f"{PATH}?locale=en&limit=2{cursor}", "reader").json
        seen += [item["article"] for item in page["items"]]
        cursor, more = f"&cursor={page['next']}", page["more"]
    assert seen == made


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "wait=21", "wait=-1", "colour=red", "kind=x", "cursor=x"]
)
def test_a_wrong_parameter_is_named(call, query):
    response = call("GET", f"{PATH}?{query}", "reader")
    assert response.status_code == 422
    assert response.json["errors"][0]["parameter"] == query.partition("=")[0]


def test_a_cursor_of_another_filter_is_a_wrong_parameter(call, live):
    cursor = call("GET", f"{PATH}?locale=vi", "reader").json["next"]
    response = call("GET", f"{PATH}?locale=en&cursor={cursor}", "reader")
    assert response.status_code == 422
    assert "another filter" in response.json["errors"][0]["detail"]


def test_who_waits_is_answered_when_something_is_published(app, call, store):
    cursor = call("GET", f"{PATH}?locale=vi", "reader").json["next"]
    answers = []
    address = f"{PATH}?locale=vi&wait=20&cursor={cursor}"
    waiter = threading.Thread(
        target=lambda: answers.append(call("GET", address, "reader").json["items"])
    )
    waiter.start()
    made = Desk(store.deps()).live(a_document())
    while waiter.is_alive():
        app.extensions["waiting"].wake()
        time.sleep(0.01)
    assert [each["article"] for each in answers[0]] == [made.id]
    assert app.extensions["waiting"].take()


def test_who_waits_in_vain_is_answered_in_time_and_the_place_is_free(app, call):
    began = time.monotonic()
    answer = call("GET", f"{PATH}?wait=1", "reader").json
    assert answer["items"] == []
    assert 0.9 < time.monotonic() - began < 5
    assert app.extensions["waiting"].take()


def test_when_too_many_wait_the_answer_comes_at_once_and_says_when_to_ask_again(app, call):
    app.extensions["waiting"].take()
    response = call("GET", f"{PATH}?wait=20", "reader")
    assert (response.status_code, response.headers["Retry-After"]) == (200, "5")


def events_of(response):
    """Read the events of a stream, one by one, as name, id and data."""
    text = b""
    for part in response.response:
        text += part
        while b"\n\n" in text:
            block, _, text = text.partition(b"\n\n")
            fields = dict(line.partition(b":")[::2] for line in block.split(b"\n"))
            given = {name.decode(): value.strip().decode() for name, value in fields.items()}
            yield given


def test_a_stream_tells_what_sync_tells(app, call, store, live):
    cursor = call("GET", f"{PATH}?locale=vi&limit=1", "reader").json
    assert cursor["items"]
    retract(live, {"vi": "Rút."}, store.deps(), caller="publisher", seen=1)
    response = call("GET", f"/v1/stream?locale=vi&cursor={cursor['next']}", "reader")
    assert response.content_type == "text/event-stream"
    events = events_of(response)
    assert next(events)["id"] == cursor["next"]
    told = next(events)
    assert told["event"] == "tombstone"
    assert orjson.loads(told["data"])["reason"] == "retracted"
    response.close()
    again = call("GET", "/v1/stream?locale=vi", "reader", headers={"Last-Event-ID": told["id"]})
    app.extensions["waiting"].heartbeat = 0.01
    events = events_of(again)
    assert next(events)["id"] == told["id"]
    assert "event" not in next(events)
    again.close()


def test_each_event_carries_the_cursor_that_goes_on_after_it(call, store):
    desk = Desk(store.deps())
    begun = call("GET", f"{PATH}?locale=vi", "reader").json["next"]
    made = [desk.live(with_slugs(a_document(), str(number))).id for number in range(3)]
    response = call("GET", f"/v1/stream?locale=vi&cursor={begun}", "reader")
    events = events_of(response)
    next(events)
    first = next(events)
    response.close()
    rest = call("GET", f"{PATH}?locale=vi&cursor={first['id']}", "reader").json["items"]
    assert [each["article"] for each in rest] == made[1:]


def test_too_many_streams_are_told_when_to_try_again(app, call):
    first = call("GET", "/v1/stream", "reader")
    second = call("GET", "/v1/stream", "reader")
    assert (second.status_code, second.headers["Retry-After"]) == (503, "5")
    first.close()
    third = call("GET", "/v1/stream", "reader")
    assert third.status_code == 200
    third.close()


@pytest.mark.parametrize("header", [{"Last-Event-ID": "x"}, {}])
def test_a_stream_refuses_a_wrong_cursor(call, header):
    query = "" if header else "?cursor=x"
    response = call("GET", f"/v1/stream{query}", "reader", headers=header)
    assert response.status_code == 422


def test_a_stream_ends_when_the_process_stops(app, call):
    response = call("GET", "/v1/stream", "reader")
    app.extensions["waiting"].end()
    assert len(list(events_of(response))) == 1
    response.close()


def test_a_stream_ends_when_the_key_is_revoked(app, call, monkeypatch):
    response = call("GET", "/v1/stream", "reader")
    monkeypatch.setattr(app.extensions["guard"], "caller_of", lambda _: None)
    assert len(list(events_of(response))) == 1
    response.close()
