# SPDX-License-Identifier: EUPL-1.2
import json
import stat

from local_stack.credentials import load_credentials, load_secrets, registrations


def test_credentials_have_the_shape_that_outsiders_rely_on(home):
    credentials = load_credentials(home)
    assert credentials.keys() == {"admin", "desk", "reader", "agency"}
    assert credentials["desk"].keys() == {"author", "editor", "publisher"}
    assert json.loads((home.path / "credentials.json").read_text()) == credentials


def test_credentials_and_secrets_are_made_once(home):
    assert load_credentials(home) == load_credentials(home)
    assert load_secrets(home) == load_secrets(home)


def test_only_the_owner_reads_them(home):
    load_credentials(home)
    load_secrets(home)
    for name in ("credentials.json", "secrets.json"):
        assert stat.S_IMODE((home.path / name).stat().st_mode) == 0o600


def test_keys_are_256_random_bits(home):
    credentials = load_credentials(home)
    keys = [credentials["admin"], credentials["reader"], *credentials["desk"].values()]
    assert len(set(keys)) == 5
    assert all(key.startswith("ck_") and len(key) == 46 for key in keys)


def test_a_key_is_registered_only_where_it_may_do_something(home):
    known = {(key.label, key.service): key for key in registrations(load_credentials(home))}
    assert known["agency", "syndicator"].scopes == ("wire:press-agency",)
    assert ("agency", "content-api") not in known
    assert {service for label, service in known if label == "admin"} == {
        "content-api",
        "syndicator",
        "media-store",
    }


def test_the_author_may_not_approve(home):
    scopes = {key.label: key.scopes for key in registrations(load_credentials(home))}
    assert "desk:approve" not in scopes["desk.author"]


def test_a_registration_carries_the_key_of_its_user(home):
    credentials = load_credentials(home)
    secrets = {key.label: key.secret for key in registrations(credentials)}
    assert secrets["desk.editor"] == credentials["desk"]["editor"]
