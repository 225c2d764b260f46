# SPDX-License-Identifier: EUPL-1.2
import argparse
import io
import sys
from datetime import timedelta

import pytest

from communique.keys import Key, new_secret
from communique.keys_command import add_keys_command
from communique.testing.articles import PUBLISHED


class FakeKeys:
    def __init__(self):
        self.kept = {}
        self.calls = []

    def create(self, label, scopes, *, secret, valid=None):
        self.calls.append((label, scopes, secret, valid))
        revoked = self.kept[secret].revoked_at if secret in self.kept else None
        expires = PUBLISHED + valid if valid else None
        key = Key("1", label, secret[:11], tuple(scopes), PUBLISHED, expires, revoked)
        self.kept[secret] = key
        return key

    def list(self):
        return tuple(self.kept.values())

    def revoke(self, key_id):
        self.calls.append(("revoke", key_id))


@pytest.fixture
def keys():
    return FakeKeys()


@pytest.fixture
def command(keys):
    def run(*arguments):
        parser = argparse.ArgumentParser()
        add_keys_command(parser.add_subparsers(required=True), lambda: keys)
        given = parser.parse_args(["keys", *arguments])
        return given.run(given)

    return run


def test_create_prints_the_secret_once(command, keys, capsys):
    assert command("create", "--label", "Desk", "--scopes", "desk:write, articles:read") == 0
    ((label, scopes, secret, valid),) = keys.calls
    assert (label, scopes, valid) == ("Desk", ["desk:write", "articles:read"], None)
    assert capsys.readouterr().out == f"{secret}\n"


def test_a_secret_from_standard_input_is_registered_and_not_printed(
    command, keys, capsys, monkeypatch
):
    secret = new_secret()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{secret}\n"))
    assert command("create", "--label", "Desk", "--scopes", "*", "--secret-from-stdin") == 0
    assert keys.calls[0][2] == secret
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("secret", ["", "hunter2", "ck_short", "x" * 60])
def test_a_weak_secret_is_refused_and_not_printed(command, keys, capsys, monkeypatch, secret):
    monkeypatch.setattr(sys, "stdin", io.StringIO(secret))
    assert command("create", "--label", "Desk", "--scopes", "*", "--secret-from-stdin") == 2
    assert keys.calls == []
    assert not secret or secret not in capsys.readouterr().err


def test_a_key_may_end(command, keys):
    command("create", "--label", "Desk", "--scopes", "*", "--days", "30")
    assert keys.calls[0][3] == timedelta(days=30)


@pytest.mark.parametrize("days", ["0", "-1", "x", "999999999999"])
def test_days_that_make_no_sense_are_refused(command, keys, days, capsys):
    with pytest.raises(SystemExit) as caught:
        command("create", "--label", "Desk", "--scopes", "*", f"--days={days}")
    assert caught.value.code == 2
    assert keys.calls == []
    assert "--days" in capsys.readouterr().err


def test_a_key_without_scopes_is_refused(command, keys):
    assert command("create", "--label", "Desk", "--scopes", " , ") == 2
    assert keys.calls == []


def test_registering_a_revoked_secret_again_says_that_it_stays_revoked(
    command, keys, capsys, monkeypatch
):
    secret = new_secret()
    keys.kept[secret] = Key("1", "Desk", secret[:11], ("*",), PUBLISHED, None, PUBLISHED)
    monkeypatch.setattr(sys, "stdin", io.StringIO(secret))
    assert command("create", "--label", "Desk", "--scopes", "*", "--secret-from-stdin") == 0
    assert "stays so" in capsys.readouterr().err


def test_list_shows_what_is_known_and_never_a_secret(command, keys, capsys):
    command("create", "--label", "Desk", "--scopes", "a,b", "--days", "1")
    secret = capsys.readouterr().out.strip()
    assert command("list") == 0
    shown = capsys.readouterr().out
    assert "Desk" in shown
    assert "a,b" in shown
    assert "until 2026-03-03T02:30:00Z" in shown
    assert secret not in shown


def test_list_says_how_to_begin_where_there_is_nothing(command, capsys):
    assert command("list") == 0
    assert "keys create" in capsys.readouterr().out


def test_revoke_names_the_key(command, keys):
    assert command("revoke", "1") == 0
    assert keys.calls == [("revoke", "1")]
