# SPDX-License-Identifier: EUPL-1.2
import base64
import hashlib
import hmac
import json
import time

import pytest

SECRET = b"local sample secret of 32 bytes!"


def signed(body, webhook_id="msg_1", at=None, secret=SECRET):
    timestamp = str(int(time.time() if at is None else at))
    content = f"{webhook_id}.{timestamp}.".encode() + body
    digest = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{digest}",
        "content-type": "application/json",
    }


@pytest.fixture
def send(web):
    return lambda body, headers: web.post("/webhook/portal", data=body, headers=headers)


@pytest.fixture
def received(web):
    return lambda: web.get("/webhook/portal/received").json["items"]


BODY = json.dumps({"headline": "Xin chào"}).encode()


def test_believes_a_signed_delivery(send, received):
    assert send(BODY, signed(BODY)).status_code == 202
    (kept,) = received()
    assert kept["verified"]
    assert kept["body"] == {"headline": "Xin chào"}


def test_notices_a_duplicate(send, received):
    send(BODY, signed(BODY))
    assert send(BODY, signed(BODY)).json == {"received": True, "duplicate": True}
    assert [each["duplicate"] for each in received()] == [False, True]


@pytest.mark.parametrize(
    "headers",
    [
        signed(b"something else"),
        signed(BODY, secret=b"another secret"),
        signed(BODY, at=time.time() - 3600),
        signed(BODY, at=time.time() + 3600),
        {**signed(BODY), "webhook-signature": "nonsense"},
        {**signed(BODY), "webhook-signature": "v1,é"},
        {},
    ],
    ids=["body", "secret", "old", "future", "form", "encoding", "none"],
)
def test_keeps_but_refuses_what_it_cannot_believe(send, received, headers):
    assert send(BODY, headers).status_code == 401
    (kept,) = received()
    assert not kept["verified"]
    assert kept["reason"]


def test_a_refused_delivery_does_not_make_the_true_one_a_duplicate(send):
    send(BODY, {**signed(BODY), "webhook-signature": "v1,AAAA"})
    assert send(BODY, signed(BODY)).json["duplicate"] is False
