# SPDX-License-Identifier: EUPL-1.2
from base64 import urlsafe_b64encode

import pytest

from communique_client import NotAuthentic
from content_api.domain.signature import jwk, new_key

KEY = new_key()


def keys(*several):
    return {"keys": [jwk(each.private.public_key().public_bytes_raw()) for each in several]}


def signed(document, key=KEY):
    return {**document, "signature": key.sign(document)}


def test_a_good_signature_names_its_key(client, server, document):
    server.prepare(json=signed(document)).prepare(json=keys(KEY))
    article = client.articles.get("x")
    assert client.verify(article) == client.verify(article.document) == KEY.kid
    assert server.requests[1].url.path == "/.well-known/jwks.json"
    assert len(server.requests) == 2


def test_a_new_key_is_asked_for(client, server, document):
    newer = new_key()
    server.prepare(json=keys(KEY)).prepare(json=keys(newer, KEY))
    assert client.verify(signed(document)) == KEY.kid
    assert client.verify(signed(document, newer)) == newer.kid
    assert client.verify(signed(document)) == KEY.kid


def test_a_key_that_is_not_published_is_refused(client, server, document):
    server.prepare(json=keys(KEY)).prepare(json=keys(KEY))
    with pytest.raises(NotAuthentic, match="publishes no key"):
        client.verify(signed(document, new_key()))


def test_an_altered_document_is_refused(client, server, document):
    server.prepare(json=keys(KEY))
    with pytest.raises(NotAuthentic, match="does not fit"):
        client.verify({**signed(document), "version": 3})


@pytest.mark.parametrize("signature", [None, 5, [], "", "a", "a.b", "..", "é..é", "bm8..AA"])
def test_what_is_no_signature_is_refused(client, document, signature):
    with pytest.raises(NotAuthentic):
        client.verify({**document, "signature": signature})


def test_an_unsigned_document_is_refused(client, document):
    with pytest.raises(NotAuthentic, match="not signed"):
        client.verify(document)


def test_a_document_without_canonical_form_is_refused(client, document):
    with pytest.raises(NotAuthentic):
        client.verify({**signed(document), "version": 2**60})


def test_another_algorithm_is_refused(client, server, document):
    server.prepare(json=keys(KEY))
    header = urlsafe_b64encode(f'{{"alg":"none","kid":"{KEY.kid}"}}'.encode()).decode().rstrip("=")
    with pytest.raises(NotAuthentic):
        client.verify({**document, "signature": f"{header}.."})
