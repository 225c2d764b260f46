# SPDX-License-Identifier: EUPL-1.2
"""The whole stack, started once for all end-to-end tests, with the sample ministry's channels."""

from pathlib import Path

import pytest

from local_stack.demo.sample_ministry import apply_channels
from local_stack.stack import Stack

OFFSET = 6000


@pytest.fixture(scope="session")
def stack(request):
    running = Stack(Path(".local/e2e"), OFFSET, request.config.getoption("--broker"))
    running.up(tethered=True)
    apply_channels(running)
    yield running
    running.down()
