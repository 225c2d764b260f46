# SPDX-License-Identifier: EUPL-1.2
import time
import unicodedata
from base64 import urlsafe_b64encode
from copy import deepcopy

import orjson
import pytest
import rfc8785
from joserfc import jws
from joserfc.jwk import OKPKey

from communique.events.shapes import ArticleSchema
from communique.testing.articles import an_article
from communique.testing.hard_articles import HARD_ARTICLES
from content_api.domain.finished import finish
from content_api.domain.sealing import seal
from content_api.domain.signature import (
    NotCanonical,
    NotSigned,
    canonical,
    jwk,
    key_id,
    new_key,
    read,
)

KEY = new_key()
PUBLIC = KEY.private.public_key().public_bytes_raw()


def document(article=None):
    return ArticleSchema().dump(article or an_article())


def signed(article=None):
    made = document(article)
    return {**made, "signature": KEY.sign(made)}


def fits(made):
    return read(made["signature"]).fits(made, PUBLIC)


def leaves(node, path=()):
    """Every value of a document that is no container, and every empty container."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for name, value in inner:
        if isinstance(value, (dict, list)) and value:
            yield from leaves(value, (*path, name))
        else:
            yield (*path, name), value


def replaced(made, path, value):
    changed = deepcopy(made)
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize("name", HARD_ARTICLES)
def test_our_quick_form_is_rfc_8785(name):
    made = document(HARD_ARTICLES[name]())
    assert orjson.dumps(made, option=orjson.OPT_SORT_KEYS) == rfc8785.dumps(made)


@pytest.mark.parametrize("name", HARD_ARTICLES)
def test_what_we_sign_fits(name):
    assert fits(signed(HARD_ARTICLES[name]()))


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_a_stock_library_reads_our_signature_and_our_key():
    made = signed()
    key = OKPKey.import_key(jwk(PUBLIC))
    rest = {name: value for name, value in made.items() if name != "signature"}
    read_back = jws.deserialize_compact(
        made["signature"], key, algorithms=["EdDSA"], payload=rfc8785.dumps(rest)
    )
    assert read_back.headers()["kid"] == key.thumbprint() == key_id(PUBLIC)


def test_every_value_is_signed():
    made = signed()
    places = [(path, value) for path, value in leaves(made) if path != ("signature",)]
    assert len(places) > 60
    for path, value in places:
        for other in ("changed", 0, None, [], {}, 1.5):
            if type(other) is not type(value) or other != value:
                assert not fits(replaced(made, path, other)), (path, other)


def test_nothing_can_be_added_or_left_out():
    made = signed()
    assert not fits({**made, "more": None})
    for name in made:
        if name != "signature":
            assert not fits({each: value for each, value in made.items() if each != name})


def test_the_order_of_members_is_free_and_that_of_items_is_not():
    made = signed()
    assert fits(dict(reversed(made.items())))
    body = made["locales"]["vi"]["body"]
    assert len(body) > 1
    assert not fits(replaced(made, ("locales", "vi", "body"), body[::-1]))


def test_another_unicode_form_of_the_same_words_is_another_document():
    made = signed()
    title = made["locales"]["vi"]["title"]
    decomposed = unicodedata.normalize("NFD", title)
    assert decomposed != title
    assert not fits(replaced(made, ("locales", "vi", "title"), decomposed))


def test_a_number_is_its_value_however_it_is_written():
    made = signed()
    assert fits({**made, "version": float(made["version"])})
    for other in (made["version"] + 1, str(made["version"]), made["version"] + 1e-9, True):
        if other is not made["version"]:
            assert not fits({**made, "version": other})


@pytest.mark.parametrize("value", [2**53, float("nan"), float("inf"), "\ud800"])
def test_what_no_canonical_form_can_hold_is_told(value):
    with pytest.raises(NotCanonical):
        canonical({"value": value})


def test_a_very_deep_document_is_told():
    deep = []
    for _ in range(20_000):
        deep = [deep]
    with pytest.raises(NotCanonical):
        canonical({"value": deep})


def test_another_key_does_not_fit():
    made = document()
    other = new_key()
    assert not fits({**made, "signature": other.sign(made)})


def test_a_signature_of_another_document_does_not_fit():
    one, two = signed(), signed(an_article(version=2))
    assert not fits({**one, "signature": two["signature"]})


def header(**changes):
    words = {"alg": "EdDSA", "b64": False, "crit": ["b64"], "kid": KEY.kid, **changes}
    kept = {name: value for name, value in words.items() if value is not ...}
    return urlsafe_b64encode(orjson.dumps(kept)).decode().rstrip("=")


GOOD = KEY.sign({}).rpartition(".")[2]


def test_the_header_of_the_tests_below_is_read():
    assert read(f"{header()}..{GOOD}").kid == KEY.kid


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "..",
        "a.b.c",
        f"{header()}.{GOOD}",
        f"{header()}.e30.{GOOD}",
        f"{header()}..{GOOD}.more",
        f"{header()}..{GOOD}=",
        f"{header()}..ab c",
        f"{header()}..é",
        f"{header(alg='none')}..{GOOD}",
        f"{header(alg='HS256')}..{GOOD}",
        f"{header(b64=True)}..{GOOD}",
        f"{header(b64=...)}..{GOOD}",
        f"{header(crit=[])}..{GOOD}",
        f"{header(crit=['b64', 'exp'])}..{GOOD}",
        f"{header(kid=...)}..{GOOD}",
        f"{header(kid=5)}..{GOOD}",
        f"{header(jwk={})}..{GOOD}",
        f"{header(kid='k' * 500)}..{GOOD}",
        "W10..AA",
    ],
)
def test_only_the_form_that_we_write_is_read(text):
    with pytest.raises(NotSigned):
        read(text)


def test_a_signature_has_one_spelling():
    made = signed()
    last = made["signature"][-1]
    twin = {"A": "B", "Q": "R", "g": "h", "w": "x"}[last]  # differs in bits that say nothing
    with pytest.raises(NotSigned):
        read(made["signature"][:-1] + twin)


def test_a_short_signature_does_not_fit():
    made = document()
    assert not fits({**made, "signature": f"{header()}..AAAA"})


def test_each_document_is_signed_as_it_is_served():
    sealed = [seal(each, KEY) for each in finish(an_article())]
    assert len(sealed) == 1 + len(an_article().locales)
    for each in sealed:
        served = orjson.loads(each.body)
        assert fits(served)
        assert served["signature"] == each.article.signature
    assert len({each.etag for each in sealed}) == len(sealed)


def test_sealing_twice_changes_nothing():
    once = seal(finish(an_article())[0], KEY)
    assert seal(once, KEY) == once


def test_signing_costs_less_than_a_millisecond():
    whole = finish(an_article())[0]
    best = float("inf")
    for _ in range(50):
        began = time.perf_counter()
        seal(whole, KEY)
        best = min(best, time.perf_counter() - began)
    assert best < 0.001
