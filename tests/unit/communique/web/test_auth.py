# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.keys import new_secret
from communique.web import auth
from communique.web.auth import PUBLIC, Caller, scope


@pytest.fixture
def passing(monkeypatch):
    """Make the guard's clock pass by hand."""
    moment = [1_000.0]
    monkeypatch.setattr(auth, "time", type("Time", (), {"monotonic": lambda: moment[0]}))

    def move(seconds):
        moment[0] += seconds

    return move


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic ck_x",
        "ck_x",
        "Bearer other_x",
        "Bearer " + new_secret(),
        "Bearer ck_\xff\x00",
    ],
)
def test_a_header_that_names_nobody(guard, header):
    assert guard.caller_of(header) is None


@pytest.mark.parametrize("form", ["Bearer {}", "bearer {}", "BEARER  {} "])
def test_a_known_key_names_its_caller(guard, keys, form):
    secret = keys.give("a", "b", label="Phòng Báo chí")
    expected = Caller("1", "Phòng Báo chí", frozenset({"a", "b"}))
    assert guard.caller_of(form.format(secret)) == expected


def test_the_database_is_asked_once_in_a_while(guard, keys, passing):
    header = f"Bearer {keys.give('a')}"
    for _ in range(100):
        guard.caller_of(header)
        passing(0.02)
    assert keys.asked == 1


def test_a_revoked_key_is_refused_within_five_seconds(guard, keys, passing):
    secret = keys.give("a")
    assert guard.caller_of(f"Bearer {secret}")
    del keys.known[secret]
    passing(5)
    assert guard.caller_of(f"Bearer {secret}") is None


def test_a_key_that_is_used_all_the_time_is_looked_up_again(guard, keys, passing):
    secret = keys.give("a")
    for _ in range(10):
        guard.caller_of(f"Bearer {secret}")
        passing(1)
    assert keys.asked >= 2


def test_unknown_keys_are_remembered_too_and_the_memory_is_bounded(guard, keys, monkeypatch):
    monkeypatch.setattr(auth, "_MOST_KEPT", 10)
    for _ in range(100):
        secret = new_secret()
        guard.caller_of(f"Bearer {secret}")
        guard.caller_of(f"Bearer {secret}")
    assert keys.asked == 100
    assert len(guard._kept) <= 10


def test_no_secret_is_kept(guard, keys):
    secret = keys.give("a")
    guard.caller_of(f"Bearer {secret}")
    assert secret not in repr(guard._kept)


def test_scopes():
    caller = Caller("1", "x", frozenset({"articles:read"}))
    assert caller.may("articles:read")
    assert not caller.may("articles")
    assert not caller.may("*")
    assert Caller("1", "x", frozenset({"*"})).may("anything")


def test_rules():
    assert PUBLIC.needed({}) is None
    assert scope("wire:{channel}").needed({"channel": "agency"}) == "wire:agency"
