# SPDX-License-Identifier: EUPL-1.2
"""Every connector that posts, through the same checks against the platform it speaks to."""

import base64
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

import orjson
import pytest

from communique.clock import SystemClock
from communique.events.article import Revision
from communique.events.delivery import Action
from communique.http_client import HttpAnswer, NoAnswer, NotSent
from local_stack.platforms.app import Accounts, create_app
from syndicator.ports import (
    ActionRefused,
    DeliveryError,
    Destination,
    Order,
    OutcomeUnknown,
    Placed,
    Rendered,
    Retry,
)
from syndicator.registry import CONNECTORS
from syndicator.testing.builders import ARTICLE
from syndicator.testing.entries import MemoryEntries

LINK = "https://mofa.gov.vn/articles/en/talks"
UNKNOWN_TO_X = "http://127.0.0.1:8001/articles/en/talks"  # no link to X: it stays in the text
SECRET = "whsec_" + base64.b64encode(b"0" * 32).decode()
BASE = "https://platform.example"


class Wire:
    """The port for HTTP, straight into the application; it can break before or after a call."""

    def __init__(self, client):
        self.client = client
        self.breaks = []

    def request(self, method, url, *, headers=None, body=None, deadline=8.0):
        del deadline
        broken = self.breaks.pop(0) if self.breaks else None
        if broken == "before":
            raise NotSent("connection refused")
        parts = urlsplit(url)
        answer = self.client.open(
            parts.path, method=method, query_string=parts.query, headers=headers, data=body
        )
        if broken == "after":
            raise NoAnswer("connection lost")
        names = {name.lower(): value for name, value in answer.headers.items()}
        return HttpAnswer(answer.status_code, names, answer.data)


@dataclass
class Bench:
    """A connector, the platform behind it, and how to see what stands there."""

    name: str
    connector: object
    wire: Wire
    client: object

    def order(self, action=Action.CREATE, text="Talks were held.", **changes):
        made = {"message": text, "text": text, "link": LINK, "title": text}
        order = Order(
            action=action,
            key="msg_1",
            article=ARTICLE,
            version=1,
            locale="en",
            rendered={"only": Rendered(orjson.dumps(made), "application/json")},
            reference=LINK,
            since=SystemClock().now() - timedelta(seconds=1),
            updated=SystemClock().now(),
            revision=Revision.ORIGINAL,
        )
        return replace(order, **changes)

    def fault(self, **fault):
        platform = {"platform": self.name, **fault}
        assert self.client.post("/_control/faults", json=platform).status_code == 204

    def standing(self):
        if self.name == "webhook":
            received = self.client.get("/webhook/partner/received").json["items"]
            return [each for each in received if each["verified"] and not each["duplicate"]]
        posts = self.client.get("/_control/posts").json["items"]
        return [post for post in posts if post["live"]]


DESTINATIONS = {
    "facebook": ({"url": f"{BASE}/graph/v26.0", "page": "1001"}, "facebook-token"),
    "x": ({"url": f"{BASE}/x/2", "user": "2002"}, "x-token"),
    "webhook": ({"url": f"{BASE}/webhook/partner"}, SECRET),
}


@pytest.fixture
def bench_of(tmp_path):
    accounts = Accounts({"1001": "facebook-token"}, {"2002": "x-token"}, SECRET)
    client = create_app(accounts, tmp_path, SystemClock()).test_client()

    def make(name, credential=None, **settings):
        known, secret = DESTINATIONS[name]
        wire = Wire(client)
        destination = Destination(
            name,
            {**known, **settings},
            credential or secret,
            wire,
            MemoryEntries(),
            SystemClock(),
        )
        return Bench(name, CONNECTORS[name](destination), wire, client)

    return make


@pytest.fixture(params=sorted(DESTINATIONS))
def bench(request, bench_of):
    return bench_of(request.param)


@pytest.fixture(params=["facebook", "x"])
def social(request, bench_of):
    return bench_of(request.param)


def test_every_push_connector_is_on_the_bench():
    push = {name for name, kind in CONNECTORS.items() if not kind.pull}
    assert push == set(DESTINATIONS)


@pytest.mark.parametrize("name", sorted(CONNECTORS))
def test_every_action_says_what_may_follow_an_unknown_outcome(name):
    kind = CONNECTORS[name]
    assert set(kind.retry) == kind.actions
    assert Action.CREATE in kind.actions


def test_a_post_stands_there_once(bench):
    placed = bench.connector.perform(bench.order())
    assert placed.external_id
    assert len(bench.standing()) == 1


def test_what_was_not_sent_may_be_sent_again(bench):
    bench.wire.breaks = ["before"]
    with pytest.raises(DeliveryError) as error:
        bench.connector.perform(bench.order())
    assert not error.value.permanent
    assert bench.standing() == []


def test_a_lost_answer_is_unknown(bench):
    bench.wire.breaks = ["after"]
    with pytest.raises(OutcomeUnknown):
        bench.connector.perform(bench.order())
    assert len(bench.standing()) == 1


def test_a_server_error_is_unknown_because_the_work_may_be_done(bench):
    bench.fault(mode="status", status=503)
    with pytest.raises(OutcomeUnknown):
        bench.connector.perform(bench.order())


def test_too_many_requests_names_the_patience_asked_for(bench):
    bench.fault(mode="status", status=429, retry_after=17)
    with pytest.raises(DeliveryError) as error:
        bench.connector.perform(bench.order())
    assert not error.value.permanent
    assert error.value.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize("name", ["facebook", "x"])
def test_a_wrong_credential_is_permanent(bench_of, name):
    bench = bench_of(name, credential="wrong")
    with pytest.raises(DeliveryError) as error:
        bench.connector.perform(bench.order())
    assert error.value.permanent


def test_a_partner_that_does_not_believe_us_is_asked_again(bench_of):
    bench = bench_of("webhook", credential="whsec_" + base64.b64encode(b"9" * 32).decode())
    with pytest.raises(DeliveryError) as error:
        bench.connector.perform(bench.order())
    assert not error.value.permanent
    assert bench.standing() == []


@pytest.mark.parametrize("name", sorted(DESTINATIONS))
def test_a_destination_without_its_address_is_a_permanent_error(bench_of, name):
    bench = bench_of(name, url="")
    with pytest.raises(DeliveryError) as error:
        bench.connector.perform(bench.order())
    assert error.value.permanent


def test_after_an_unknown_outcome_the_work_is_done_once(bench):
    bench.wire.breaks = ["after"]
    order = bench.order()
    with pytest.raises(OutcomeUnknown):
        bench.connector.perform(order)
    if bench.connector.retry[Action.CREATE] is Retry.LOOK:
        assert bench.connector.look(order) is not None
    else:
        bench.connector.perform(order)
    assert len(bench.standing()) == 1


def test_a_look_finds_nothing_where_nothing_is(social):
    assert social.connector.look(social.order()) is None
    social.connector.perform(social.order())
    for reference in (f"{LINK}-of-another-day", LINK.removesuffix("s")):
        assert social.connector.look(social.order(reference=reference)) is None


def test_a_look_that_is_refused_is_not_an_absence(social):
    social.fault(mode="status", status=503)
    with pytest.raises(DeliveryError) as error:
        social.connector.look(social.order())
    assert not error.value.permanent


def test_a_duplicate_is_looked_into(social):
    placed = social.connector.perform(social.order())
    with pytest.raises(OutcomeUnknown):
        social.connector.perform(social.order())
    assert social.connector.look(social.order()).external_id == placed.external_id
    assert len(social.standing()) == 1


def test_an_edit_changes_what_readers_see(social):
    placed = social.connector.perform(social.order())
    edit = social.order(Action.EDIT, "Talks were held twice.", placed=placed)
    social.connector.perform(edit)
    (post,) = social.standing()
    assert post["text"].startswith("Talks were held twice.")


def test_a_deletion_may_be_repeated(social):
    placed = social.connector.perform(social.order())
    for _ in range(2):
        social.connector.perform(social.order(Action.DELETE, placed=placed))
    assert social.standing() == []


def test_nothing_is_changed_where_nothing_stands(social):
    for action in (Action.EDIT, Action.DELETE):
        with pytest.raises(DeliveryError) as error:
            social.connector.perform(social.order(action))
        assert error.value.permanent


@pytest.mark.parametrize(("attempt", "posted"), [(1, 0), (5, 0), (6, 1)])
def test_facebook_waits_for_a_picture_but_not_for_ever(bench_of, attempt, posted):
    bench = bench_of("facebook")
    made = {"message": "Talks", "link": LINK, "picture_url": "ftp://nowhere/a.jpg"}
    order = bench.order(
        rendered={"only": Rendered(orjson.dumps(made), "application/json")}, attempt=attempt
    )
    if posted:
        bench.connector.perform(order)
    else:
        with pytest.raises(DeliveryError) as error:
            bench.connector.perform(order)
        assert not error.value.permanent
    assert len(bench.standing()) == posted


def test_a_link_that_the_platform_leaves_as_text_is_found_too(social):
    made = {"message": "Talks", "text": "Talks", "link": UNKNOWN_TO_X}
    rendered = {"only": Rendered(orjson.dumps(made), "application/json")}
    placed = social.connector.perform(social.order(rendered=rendered))
    found = social.connector.look(social.order(reference=UNKNOWN_TO_X))
    assert found.external_id == placed.external_id


def test_x_finds_a_lost_edit_by_the_id_it_replaces(bench_of):
    bench = bench_of("x")
    placed = bench.connector.perform(bench.order())
    edit = bench.order(Action.EDIT, "Talks, corrected.", placed=placed)
    assert bench.connector.look(edit) is None
    bench.wire.breaks = ["after"]
    with pytest.raises(OutcomeUnknown):
        bench.connector.perform(edit)
    found = bench.connector.look(edit)
    assert found is not None
    assert found.external_id != placed.external_id


def test_x_finds_a_lost_reply_and_not_an_earlier_one(bench_of):
    bench = bench_of("x")
    placed = bench.connector.perform(bench.order())
    first = bench.connector.perform(bench.order(Action.REPLY, "First correction.", placed=placed))
    second = bench.order(
        Action.REPLY, "Second correction.", placed=placed, replies=(first.external_id,)
    )
    assert bench.connector.look(second) is None
    bench.wire.breaks = ["after"]
    with pytest.raises(OutcomeUnknown):
        bench.connector.perform(second)
    assert bench.connector.look(second).external_id not in {first.external_id, placed.external_id}


def test_x_deletes_its_replies_with_the_post(bench_of):
    bench = bench_of("x")
    placed = bench.connector.perform(bench.order())
    reply = bench.connector.perform(bench.order(Action.REPLY, "A correction.", placed=placed))
    bench.connector.perform(bench.order(Action.DELETE, placed=placed, replies=(reply.external_id,)))
    assert bench.standing() == []


def test_x_says_when_an_edit_comes_too_late(bench_of):
    bench = bench_of("x")
    placed = bench.connector.perform(bench.order())
    bench.connector.perform(bench.order(Action.EDIT, "Talks, corrected.", placed=placed))
    with pytest.raises(ActionRefused):  # that id is no longer the latest version
        bench.connector.perform(bench.order(Action.EDIT, "Talks, again.", placed=placed))


@pytest.mark.parametrize(
    ("action", "revision", "expected"),
    [
        (Action.CREATE, Revision.ORIGINAL, "article.published"),
        (Action.EDIT, Revision.UPDATE, "article.updated"),
        (Action.EDIT, Revision.CORRECTION, "article.corrected"),
        (Action.NOTICE, Revision.RETRACTION, "article.retracted"),
        (Action.DELETE, Revision.UPDATE, "article.retracted"),
    ],
)
def test_a_webhook_says_what_has_happened(bench_of, action, revision, expected):
    bench = bench_of("webhook")
    bench.connector.perform(bench.order(action, revision=revision, placed=Placed("msg_0")))
    (received,) = bench.standing()
    assert received["webhook_id"] == "msg_1"
    assert received["body"]["type"] == expected
    assert received["body"]["data"]["title"] == "Talks were held."


def test_a_webhook_that_is_gone_is_a_permanent_error(bench_of):
    bench = bench_of("webhook")
    bench.fault(mode="status", status=410)
    with pytest.raises(DeliveryError) as error:
        bench.connector.perform(bench.order())
    assert error.value.permanent
