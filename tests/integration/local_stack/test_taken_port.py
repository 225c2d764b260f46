# SPDX-License-Identifier: EUPL-1.2
import os
import re
import socket

import pytest

from local_stack.addresses import LOOPBACK
from local_stack.errors import PortTaken
from local_stack.programs import COMPONENTS


def test_the_message_names_port_program_and_holder_and_nothing_is_started(fresh):
    port = fresh.plan.ports.one("broker", "kafka")
    with socket.create_server((LOOPBACK, port)):
        with pytest.raises(PortTaken) as raised:
            fresh.up(COMPONENTS)
        expected = rf"Port {port} is wanted by broker but held by process {os.getpid()} \(.+\): .+"
        assert re.search(expected, str(raised.value))
        assert not fresh.supervision.facts()


def test_ports_of_programs_that_are_not_asked_for_do_not_matter(fresh):
    with socket.create_server((LOOPBACK, fresh.plan.ports.one("broker", "kafka"))):
        assert fresh.up(["postgres"], tethered=True)
        assert fresh.down()


def test_a_stopped_stack_leaves_its_ports_free(fresh):
    fresh.up(["postgres"], tethered=True)
    fresh.down()
    with socket.create_server((LOOPBACK, fresh.plan.ports.one("postgres", "sql"))):
        pass
