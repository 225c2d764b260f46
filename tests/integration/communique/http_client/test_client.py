# SPDX-License-Identifier: EUPL-1.2
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from communique.http_client import AddressRefused, HttpClient, NoAnswer, NotSent


@contextmanager
def serving(answer):
    """Give the URL of a server on loopback; `answer(connection)` plays each exchange."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    over = threading.Event()

    def accept():
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=play, args=(connection,), daemon=True).start()

    def play(connection):
        with connection:
            try:
                answer(connection)
            except OSError:
                return

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        listener.close()


def request_of(connection):
    read = b""
    while b"\r\n\r\n" not in read:
        more = connection.recv(65_536)
        if not more:
            raise ConnectionError
        read += more
    return read


def saying(*pieces, pause=0.0):
    def answer(connection):
        request_of(connection)
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


@pytest.fixture
def client():
    return HttpClient(allow_private=True)


def test_an_answer_has_status_lower_case_headers_and_body(client):
    with serving(saying(b"HTTP/1.1 201 Created\r\nX-Id: 7\r\nContent-Length: 2\r\n\r\nok")) as url:
        answer = client.request("POST", f"{url}/posts?a=b", body=b"{}")
    assert (answer.status, answer.headers["x-id"], answer.body) == (201, "7", b"ok")


def test_the_request_is_sent_as_asked(client):
    seen = []

    def answer(connection):
        seen.append(request_of(connection))
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with serving(answer) as url:
        client.request("PUT", f"{url}/a?b=c", headers={"X-Sign": "s"}, body=b"{}")
    head = seen[0].decode()
    assert head.startswith("PUT /a?b=c HTTP/1.1\r\n")
    assert f"Host: {url.removeprefix('http://')}\r\n" in head
    assert "X-Sign: s\r\n" in head
    assert "User-Agent: communique\r\n" in head


def test_a_private_address_is_refused_before_anything_is_sent():
    connected = []
    with serving(connected.append) as url, pytest.raises(AddressRefused):
        HttpClient().request("GET", url)
    assert connected == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "localhost", "[::ffff:7f00:1]"])
def test_other_spellings_of_a_private_address_are_refused(host):
    with pytest.raises(AddressRefused):
        HttpClient().request("GET", f"http://{host}:9/")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Same", "308 Same"])
def test_redirects_are_not_followed(client, status):
    elsewhere = f"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with serving(saying(elsewhere.encode())) as url:
        answer = client.request("GET", url)
    assert answer.status == int(status[:3])
    assert answer.headers["location"] == "http://127.0.0.1:1/"


def test_a_closed_port_was_not_sent_to(client):
    with pytest.raises(NotSent):
        client.request("POST", "http://127.0.0.1:1/", body=b"{}")


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",),
        (b"nonsense\r\n\r\n",),
    ],
    ids=["nothing", "half a body", "half a chunk", "nonsense"],
)
def test_an_answer_that_is_not_whole_is_no_answer(client, pieces):
    with serving(saying(*pieces)) as url, pytest.raises(NoAnswer):
        client.request("POST", url, body=b"{}")


def silent(connection):
    request_of(connection)
    time.sleep(5)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
SLOW_BODY = saying(HEAD, *[b"x"] * 50, pause=0.1)
SLOW_HEAD = saying(b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 50, pause=0.1)


@pytest.mark.parametrize("answer", [silent, SLOW_BODY, SLOW_HEAD], ids=["silent", "body", "head"])
def test_the_deadline_is_for_the_whole_exchange_however_slowly_it_drips(client, answer):
    with serving(answer) as url:
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            client.request("POST", url, body=b"{}", deadline=0.6)
        assert time.monotonic() - began < 1.2


def test_a_deadline_that_has_passed_leaves_the_next_request_alone(client):
    answers = iter([silent, saying(b"HTTP/1.1 204 No Content\r\n\r\n")])

    def answer(connection):
        next(answers)(connection)

    with serving(answer) as url:
        with pytest.raises(NoAnswer):
            client.request("GET", url, deadline=0.3)
        assert client.request("GET", url, deadline=2).status == 204


def test_an_answer_over_the_size_limit_is_no_answer(client):
    huge = b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 3_000_000
    with serving(saying(huge)) as url, pytest.raises(NoAnswer, match="over 2000000 bytes"):
        client.request("GET", url)


def test_a_connection_is_used_again(client):
    connections = []

    def answer(connection):
        connections.append(connection)
        while True:
            request_of(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with serving(answer) as url:
        for _ in range(3):
            assert client.request("GET", url).body == b"ok"
    assert len(connections) == 1
