# SPDX-License-Identifier: EUPL-1.2
import socket

import pytest

from communique.http_client import AddressRefused, HttpClient, NotSent


@pytest.fixture
def names(monkeypatch):
    """What each host name resolves to; nobody is asked."""
    known = {}

    def getaddrinfo(host, port, **_options):
        host.encode("idna")  # as the real one does, which refuses long labels
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "example.org",
        "/path",
        "http://",
        "http://[::1",
        "http://example.org:99999/",
        "http://example.org:port/",
    ],
)
def test_only_absolute_web_addresses_are_called(url):
    with pytest.raises(AddressRefused):
        HttpClient(allow_private=True).request("GET", url)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "::1", "::ffff:192.168.0.1"])
def test_a_name_that_leads_inside_is_refused(names, address):
    names["inside.example"] = [address]
    with pytest.raises(AddressRefused, match="private address"):
        HttpClient().request("GET", "https://inside.example/")


def test_one_private_address_among_public_ones_is_enough_to_refuse(names):
    names["mixed.example"] = ["8.8.8.8", "127.0.0.1"]
    with pytest.raises(AddressRefused):
        HttpClient().request("GET", "https://mixed.example/")


@pytest.mark.parametrize("host", ["nowhere.example", "x" * 70 + ".example"])
def test_a_name_without_an_address_was_not_sent_to(names, host):
    with pytest.raises(NotSent):
        HttpClient().request("GET", f"https://{host}/")


def test_the_connection_goes_to_the_address_that_was_checked(names):
    names["public.example"] = ["8.8.8.8"]
    pool, target, host = HttpClient()._pool("https://user@public.example:8443/a/b?c=d#e")
    assert (pool.host, pool.port) == ("8.8.8.8", 8443)
    assert pool.assert_hostname == "public.example"
    assert (target, host) == ("/a/b?c=d", "public.example:8443")
