# SPDX-License-Identifier: EUPL-1.2
import random

import psutil
import pytest

from local_stack import port_check
from local_stack.addresses import PORTS, Ports
from local_stack.errors import PortTaken
from local_stack.programs import COMPONENTS
from local_stack.stack import Stack


def free_offset():
    """Find ports for a stack that nobody uses, so that two runs of the suite do not meet."""
    for offset in random.sample(range(3000, 9000, 100), 20):
        try:
            port_check.check(Ports(offset), PORTS)
        except PortTaken:
            continue
        return offset
    pytest.fail("no free ports")


@pytest.fixture(scope="module")
def stack(request, tmp_path_factory):
    """Components of our own, which a test may kill, under a path too long for a socket."""
    home = tmp_path_factory.mktemp("stack") / ("deep" * 20)
    stack = Stack(home, free_offset(), request.config.getoption("--broker"))
    stack.up(COMPONENTS, tethered=True)
    yield stack
    stack.down()


@pytest.fixture
def fresh(tmp_path):
    """A stack that is not up yet."""
    stack = Stack(tmp_path / "home", free_offset())
    yield stack
    stack.down()


@pytest.fixture
def family():
    """All processes of a stack, as they are now."""

    def family(stack):
        keeper = psutil.Process(stack.supervision.facts()["keeper"])
        return [keeper, *keeper.children(recursive=True)]

    return family
