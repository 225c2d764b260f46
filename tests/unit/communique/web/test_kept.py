# SPDX-License-Identifier: EUPL-1.2
import gzip
import math

import pytest

from communique.web.kept import Kept, longest, shortened, takes_gzip, vary_on

BODY = b'{"title":"Statement"}' * 50


def a_kept(**changes):
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(BODY)),
        "ETag": '"one"',
        "Last-Modified": "Mon, 02 Mar 2026 02:30:00 GMT",
        "Cache-Control": "public, max-age=60",
        **changes,
    }
    return Kept(None, [(name, value) for name, value in headers.items() if value], BODY)


def value(headers, wanted):
    [found] = [value for name, value in headers if name == wanted]
    return found


def test_the_packed_form_has_its_own_strong_etag_length_and_body():
    kept = a_kept()
    packed = kept.pack()
    assert gzip.decompress(packed.body) == BODY
    assert value(packed.headers, "ETag") == '"one-gzip"'
    assert value(packed.headers, "Content-Length") == str(len(packed.body))
    assert value(packed.headers, "Content-Encoding") == "gzip"
    assert value(packed.headers, "Vary") == value(kept.plain.headers, "Vary") == "Accept-Encoding"


def test_it_is_packed_once():
    kept = a_kept()
    assert kept.pack() is kept.pack()


@pytest.mark.parametrize(
    ("changes", "packable"),
    [
        ({}, True),
        ({"Content-Type": "text/html; charset=utf-8"}, True),
        ({"Content-Type": "application/atom+xml"}, True),
        ({"Content-Type": "image/jpeg"}, False),
        ({"Content-Encoding": "br"}, False),
        ({"Content-Type": None}, False),
    ],
)
def test_only_text_is_packed(changes, packable):
    assert a_kept(**changes).packable is packable


def test_what_is_short_is_not_packed():
    assert not Kept(None, [("Content-Type", "text/plain")], b"short").packable


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("GZIP ; q=0.1", True),
        ("*", True),
        ("*;q=0", False),
        ("identity, *;q=0.5, gzip;q=0.0", False),
        ("gzip;q=x", False),
        ("notgzip", False),
    ],
)
def test_who_takes_gzip(accepted, taken):
    assert takes_gzip(accepted) is taken


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ('"one"', '"one"'),
        ('"one-gzip"', '"one-gzip"'),
        ('W/"one-gzip"', '"one-gzip"'),
        ("*", '"one"'),
        ('"two"', None),
    ],
)
def test_the_etag_of_either_form_is_known(given, known):
    kept = a_kept()
    assert kept.known({"HTTP_IF_NONE_MATCH": given}) == known
    if known:
        assert value(kept.headers_304(known), "ETag") == known


@pytest.mark.parametrize(
    ("since", "known"),
    [
        ("Mon, 02 Mar 2026 02:30:00 GMT", True),
        ("Mon, 02 Mar 2026 02:30:01 GMT", True),
        ("Mon, 02 Mar 2026 02:29:59 GMT", False),
        ("yesterday", False),
    ],
)
def test_who_has_it_since_then(since, known):
    assert (a_kept().known({"HTTP_IF_MODIFIED_SINCE": since}) is not None) is known


def test_an_etag_goes_before_a_date():
    environ = {
        "HTTP_IF_NONE_MATCH": '"two"',
        "HTTP_IF_MODIFIED_SINCE": "Mon, 02 Mar 2026 02:30:00 GMT",
    }
    assert a_kept().known(environ) is None


def test_without_a_date_of_its_own_no_date_is_compared():
    since = {"HTTP_IF_MODIFIED_SINCE": "Mon, 02 Mar 2026 02:30:00 GMT"}
    assert a_kept(**{"Last-Modified": None}).known(since) is None


def test_freshness_ends_where_it_must():
    headers = [
        ("Cache-Control", "public, max-age=60, s-maxage=600"),
        ("Surrogate-Control", "max-age=3600"),
        ("X-Other", "max-age=60"),
    ]
    assert longest(headers) == 3600
    assert shortened(headers, 59.9) == [
        ("Cache-Control", "public, max-age=59, s-maxage=59"),
        ("Surrogate-Control", "max-age=59"),
        ("X-Other", "max-age=60"),
    ]
    assert shortened(headers, -5)[1] == ("Surrogate-Control", "max-age=0")


def test_headers_are_left_alone_while_no_change_is_near():
    kept = a_kept()
    assert kept.within(kept.plain.headers, math.inf) is kept.plain.headers


def test_vary_keeps_what_was_there():
    given = [("Vary", "Origin, accept-encoding"), ("X", "y")]
    assert vary_on(given, ("Accept-Encoding", "Authorization")) == [
        ("X", "y"),
        ("Vary", "Origin, accept-encoding, Authorization"),
    ]
