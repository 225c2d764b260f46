# SPDX-License-Identifier: EUPL-1.2
import orjson
import pytest

from content_api.api import signatures
from content_api.domain.signature import new_key


@pytest.fixture(autouse=True)
def _unspent():
    signatures._spent.reset()
    yield
    signatures._spent.reset()


@pytest.fixture
def check(app):
    """Ask, as nobody in particular, what is to be said of a document."""
    client = app.test_client()

    def send(document, **options):
        data = document if isinstance(document, bytes) else orjson.dumps(document)
        return client.post(
            "/v1/verify", data=data, content_type=options.get("type", "application/json")
        )

    return send


@pytest.fixture
def get(call):
    def send(article, query=""):
        return call("GET", f"/v1/articles/{article}{query}", "reader").json

    return send


def test_keys_are_public_and_may_be_kept(app, store):
    answer = app.test_client().get("/.well-known/jwks.json")
    assert answer.content_type == "application/jwk-set+json"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    [key] = answer.json["keys"]
    assert key["kid"] == store.signing_keys.current().kid
    assert set(key) == {"kty", "crv", "x", "kid", "alg", "use"}
    again = app.test_client().get(
        "/.well-known/jwks.json", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_keys_are_published_newest_first_until_they_are_retired(app, store):
    first = store.signing_keys.current().kid
    second = store.signing_keys.rotate().kid
    client = app.test_client()
    kids = [key["kid"] for key in client.get("/.well-known/jwks.json").json["keys"]]
    assert kids == [second, first]
    store.signing_keys.retire(first)
    kids = [key["kid"] for key in client.get("/.well-known/jwks.json").json["keys"]]
    assert kids == [second]


@pytest.mark.parametrize("query", ["", "?locale=vi", "?locale=en"])
def test_what_is_served_is_vouched_for(check, get, live, store, query):
    assert check(get(live, query)).json == {
        "valid": True,
        "reason": None,
        "key": store.signing_keys.current().kid,
        "present": True,
        "public_version": 1,
        "retracted": False,
    }


def test_the_members_of_a_list_are_vouched_for(check, call, live):
    del live
    for item in call("GET", "/v1/articles?locale=en", "reader").json["items"]:
        assert check(item).json["present"]


def test_a_former_version_is_valid_and_not_present(check, call, get, live, written):
    former = get(live)
    changed = {**written, "urgency": 2}
    assert (
        call("PUT", f"/v1/desk/articles/{live}", "author", json=changed, seen=1).status_code < 300
    )
    for who, step in (("editor", "approve"), ("publisher", "publish")):
        done = call("POST", f"/v1/desk/articles/{live}/{step}", who, seen=2)
        assert done.status_code == 200
    said = check(former).json
    assert (said["valid"], said["present"], said["public_version"]) == (True, False, 2)
    assert check(get(live)).json["present"]


def test_a_retraction_is_told(check, call, get, live):
    former = get(live)
    notices = {"notices": {"vi": "Thu hồi."}}
    done = call("POST", f"/v1/desk/articles/{live}/retract", "publisher", json=notices, seen=1)
    assert done.status_code == 200
    said = check(former).json
    assert (said["valid"], said["present"], said["retracted"]) == (True, False, True)


def test_an_altered_document_is_told(check, get, live, store):
    said = check({**get(live), "urgency": 1}).json
    assert (said["valid"], said["reason"], said["present"]) == (False, "altered", False)
    assert (said["key"], said["public_version"]) == (store.signing_keys.current().kid, 1)


def test_a_number_that_nobody_signed_is_told(check, get, live):
    assert check({**get(live), "urgency": 2**60}).json["reason"] == "altered"


def test_a_document_without_signature_is_told(check, get, live):
    document = get(live)
    del document["signature"]
    said = check(document).json
    assert (said["valid"], said["reason"], said["key"]) == (False, "not-signed", None)


def test_a_key_of_somebody_else_is_told(check, get, live):
    document = get(live)
    document["signature"] = new_key().sign(document)
    said = check(document).json
    assert (said["valid"], said["reason"], said["key"]) == (False, "unknown-key", None)


def test_a_retired_key_no_longer_vouches(check, store):
    document = {"id": "not one of ours"}
    signed = {**document, "signature": store.signing_keys.current().sign(document)}
    assert check(signed).json["valid"]
    first = store.signing_keys.current().kid
    store.signing_keys.rotate()
    assert check(signed).json["valid"]
    store.signing_keys.retire(first)
    said = check(signed).json
    assert (said["valid"], said["reason"], said["key"]) == (False, "retired-key", first)


@pytest.mark.parametrize(
    "strange",
    [
        {},
        {"id": 5},
        {"id": "x", "locale": []},
        {"id": "\0"},
        {"locale": "\ud800\0".encode("utf-8", "replace").decode()},
    ],
)
def test_a_document_that_is_none_of_ours_is_no_error(check, strange):
    said = check(strange).json
    assert (said["valid"], said["public_version"], said["retracted"]) == (False, None, None)


@pytest.mark.parametrize("locale", ["\0", "xx", "VI", ""])
def test_a_language_that_is_not_there_is_no_error(check, get, live, locale):
    assert check({**get(live), "locale": locale}).json["valid"] is False


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"a":1,"a":2}', b'{"b":{"a":1,"a":2}}', b'{"a":NaN}', b"\xff", b"[" * 100_000],
)
def test_what_is_not_json_is_refused(check, body):
    answer = check(body)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"5", b"null"])
def test_what_is_no_object_is_refused(check, body):
    assert check(body).status_code == 422


def test_another_type_is_refused(check):
    assert check(b"{}", type="text/plain").status_code == 415


def test_a_large_body_is_refused(check):
    assert check(b'{"a":"' + b"a" * signatures.MOST_BYTES + b'"}').status_code == 413


def test_too_many_checks_in_a_second_are_refused(check, monkeypatch):
    monkeypatch.setattr(signatures, "_BYTES_A_SECOND", 50_000)
    statuses = [check({}).status_code for _ in range(12)]
    assert statuses[:2] == [200, 200]
    assert 429 in statuses


def test_a_refused_check_says_when_to_come_back(check, monkeypatch):
    monkeypatch.setattr(signatures, "_BYTES_A_SECOND", 0)
    answer = check({})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
