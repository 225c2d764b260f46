# SPDX-License-Identifier: EUPL-1.2
import argparse
from importlib import resources

import pytest
import yaml

from communique.errors import InvalidInput
from syndicator.commands import channels
from syndicator.testing.wired import Wired

ENVIRONMENT = {
    "COMMUNIQUE_PLATFORM_URL": "http://127.0.0.1:8051",
    "COMMUNIQUE_FACEBOOK_TOKEN": "facebook",
    "COMMUNIQUE_X_TOKEN": "x",
    "COMMUNIQUE_WEBHOOK_SECRET": "whsec_c2VjcmV0",
}
PLAIN = """
channels:
  - name: one
    title: {vi: Một}
    kind: feed
    format: rss
    connector: feed
    locales: [vi]
"""


def sample():
    return resources.files("local_stack.samples").joinpath("channels.yaml").read_text("utf-8")


def run(wired, *arguments, environ=ENVIRONMENT):
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    channels.add_commands(commands, lambda: wired.deps, environ)
    given = parser.parse_args(["channels", *map(str, arguments)])
    return given.run(given)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "channels.yaml"
    path.write_text(PLAIN, "utf-8")
    return path


def test_the_sample_is_read_with_destinations_and_secrets_from_the_environment():
    described = {each.channel.name: each for each in channels.read_file(sample(), ENVIRONMENT)}
    assert len(described) == 8
    assert described["x-en"].secret == "x"
    assert described["x-en"].channel.destination["url"] == "http://127.0.0.1:8051/x/2"
    assert described["ministry-site"].secret is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("channels: [", "line 1, column 12"),
        ("- a list", "/"),
        ("channels: []", "/channels"),
        (PLAIN.replace("kind: feed", "kind: radio"), "/channels/0/kind"),
        (PLAIN.replace("[vi]", "[vi, xx_YY]"), "/channels/0/locales/1/locale"),
        (PLAIN + "    colour: red\n", "/channels/0/colour"),
        (PLAIN + "    destination: {url: '${NOT_SET}'}\n", "/channels/0/destination/url"),
        (PLAIN + "    credential: {env: NOT_SET}\n", "/channels/0/credential/env"),
    ],
)
def test_a_fault_names_its_place(text, place):
    with pytest.raises(InvalidInput) as refused:
        channels.read_file(text, {})
    assert place in refused.value.errors


def test_applying_twice_says_unchanged(file, capsys):
    wired = Wired()
    run(wired, "apply", file)
    run(wired, "apply", file)
    file.write_text(PLAIN.replace("Một", "Hai"), "utf-8")
    run(wired, "apply", file)
    assert capsys.readouterr().out.splitlines() == [
        "one: created",
        "one: unchanged",
        "one: changed",
    ]


def test_an_export_is_applied_without_a_change(file, capsys, tmp_path):
    wired = Wired()
    run(wired, "apply", file)
    capsys.readouterr()
    run(wired, "export")
    exported = tmp_path / "exported.yaml"
    exported.write_text(capsys.readouterr().out, "utf-8")
    assert yaml.safe_load(exported.read_text("utf-8"))["channels"][0]["title"] == {"vi": "Một"}
    run(wired, "apply", exported)
    assert capsys.readouterr().out == "one: unchanged\n"


def test_channels_are_listed_and_paused(file, capsys):
    wired = Wired()
    run(wired, "list")
    run(wired, "apply", file)
    run(wired, "pause", "one")
    run(wired, "list")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("No channels yet")
    assert lines[2] == "one: paused"
    assert lines[3].split() == ["one", "paused", "feed", "vi", "rss"]
