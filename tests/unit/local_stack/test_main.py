# SPDX-License-Identifier: EUPL-1.2
import pytest

from local_stack import commands
from local_stack.__main__ import parser
from local_stack.programs import COMPONENTS


def test_the_environment_chooses_the_broker_and_an_option_overrules_it():
    assert parser({}).parse_args(["up"]).broker == "tansu"
    assert parser({"BROKER": "kafka"}).parse_args(["up"]).broker == "kafka"
    assert parser({"BROKER": "kafka"}).parse_args(["--broker", "tansu", "up"]).broker == "tansu"


def test_components_up_starts_only_components():
    arguments = parser({}).parse_args(["components", "up"])
    assert arguments.run is commands.up
    assert arguments.programs == list(COMPONENTS)


@pytest.mark.parametrize("number", ["-1", "60000", "many"])
def test_an_offset_out_of_range_is_refused(number, capsys):
    with pytest.raises(SystemExit):
        parser({}).parse_args([f"--offset={number}", "up"])
    assert "--offset" in capsys.readouterr().err
