# SPDX-License-Identifier: EUPL-1.2
"""What every test needs: the choice of broker, and no sockets where none belong."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
OFFLINE = ("unit", "contract", "architecture")


def pytest_addoption(parser):
    parser.addoption("--broker", default="tansu", choices=("tansu", "kafka"), help="which broker")
    parser.addoption(
        "--stack-offset", default=2000, type=int, help="shifts the ports of the integration stack"
    )
    parser.addoption(
        "--changes", default=1_000, type=int, help="how many changes sync consumers go through"
    )
    parser.addoption("--seed", default="1", help="decides at which moments processes are killed")


def pytest_collection_modifyitems(items):
    for item in items:
        layer = item.path.relative_to(TESTS).parts[0]
        if layer in OFFLINE:
            item.add_marker(pytest.mark.disable_socket)
        elif layer in ("integration", "e2e"):
            item.add_marker(getattr(pytest.mark, layer))
