# SPDX-License-Identifier: EUPL-1.2
import configparser
import shlex

import pytest

from local_stack.programs import Program, programs
from local_stack.supervisor_config import render


@pytest.fixture
def read(make_plan):
    def read(broker="tansu", table=None):
        parser = configparser.ConfigParser()
        parser.read_string(render(make_plan(broker=broker), table or programs(broker)))
        return parser

    return read


@pytest.mark.parametrize("broker", ["tansu", "kafka"])
def test_every_program_is_guarded_and_restarted(read, broker):
    parser = read(broker)
    for name in programs(broker):
        section = parser[f"program:{name}"]
        assert "guard.py" in section["command"]
        assert section["autorestart"] == "true"
        assert section["autostart"] == "false"
        assert section["killasgroup"] == "true"


def test_both_groups_stop_within_ten_seconds_services_first(read):
    parser = read()
    groups = [name for name in parser if name.startswith("group:")]
    longest = {
        group: max(
            int(parser[f"program:{program}"]["stopwaitsecs"])
            for program in parser[group]["programs"].split(",")
        )
        for group in groups
    }
    assert sum(longest.values()) < 10
    order = {group: int(parser[group]["priority"]) for group in groups}
    assert order["group:services"] > order["group:components"]


def test_postgres_stops_fast_and_listens_on_loopback_alone(read):
    section = read()["program:postgres"]
    command = shlex.split(section["command"])
    assert section["stopsignal"] == "INT"
    assert "--signal=SIGINT" in command
    assert command[command.index("-h") + 1] == "127.0.0.1"
    assert "--unix_socket_directories=" in command


def test_storage_reports_to_nobody_and_listens_on_loopback_alone(read):
    command = shlex.split(read()["program:s3"]["command"])
    assert {"-master.telemetry=false", "-ip.bind=127.0.0.1"} <= set(command)


def test_tansu_has_all_it_needs_to_ask_no_cloud(read):
    environment = read()["program:broker"]["environment"]
    names = {pair.partition("=")[0] for pair in shlex.split(environment.replace(",", " "))}
    assert names >= {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ENDPOINT",
        "AWS_DEFAULT_REGION",
        "AWS_ALLOW_HTTP",
    }


def test_a_percent_sign_and_a_space_survive(read):
    parser = read(table={"odd": Program(lambda _: ["echo", "50% of it"])})
    assert shlex.split(parser["program:odd"]["command"]) == ["echo", "50% of it"]
