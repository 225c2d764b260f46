# SPDX-License-Identifier: EUPL-1.2
import argparse
import json

import pytest

from communique.errors import NotFound
from communique.events.delivery import DeliveryState
from communique.testing.articles import an_article
from syndicator.commands import deliveries
from syndicator.ports import OutcomeUnknown
from syndicator.testing.builders import DELIVERY, a_social_channel
from syndicator.testing.fakes import BLIND
from syndicator.testing.wired import Wired
from syndicator.use_cases.plan import plan_version


@pytest.fixture
def wired():
    wired = Wired(can=BLIND)
    wired.add(a_social_channel())
    wired.platform.after = [OutcomeUnknown("timeout")]
    plan_version(an_article(media=()), wired.deps)
    wired.deliver_all()
    return wired


def run(wired, *arguments):
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    deliveries.add_commands(commands, lambda: wired.deps)
    given = parser.parse_args(["deliveries", *arguments])
    return given.run(given)


def test_deliveries_are_listed_and_shown(wired, capsys):
    (row,) = wired.store.rows
    run(wired, "list", "--state", "unknown")
    run(wired, "list", "--state", "failed")
    run(wired, "show", row.id)
    shown, none, *document = capsys.readouterr().out.splitlines()
    assert shown.split() == [row.id, "social-en", "en", "v-/v1", "create", "unknown", "timeout"]
    assert none == "No deliveries."
    assert json.loads("".join(document))["state"] == "unknown"


def test_a_person_resolves_and_waives(wired, capsys):
    (row,) = wired.store.rows
    run(wired, "waive", row.id, "--why", "seen on the account")
    assert wired.store.rows[0].state is DeliveryState.WAIVED
    run(wired, "retry", row.id)
    assert wired.store.rows[0].state is DeliveryState.DUE
    assert "waived by command line: seen on the account" in capsys.readouterr().out


def test_what_stands_there_is_written_down(wired):
    (row,) = wired.store.rows
    run(wired, "resolve", row.id, "--delivered", "post-1", "--url", "https://social.example/1")
    assert wired.store.rows[0].there.external_id == "post-1"


def test_what_is_not_an_id_or_not_there_is_refused(wired, capsys):
    with pytest.raises(SystemExit):
        run(wired, "show", "nonsense")
    with pytest.raises(NotFound):
        run(wired, "show", DELIVERY)
