# SPDX-License-Identifier: EUPL-1.2
import pytest

from local_stack.addresses import Ports
from local_stack.credentials import load_secrets
from local_stack.home import Home
from local_stack.plan import Plan


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    home.make()
    return home


@pytest.fixture
def make_plan(home):
    def make(environ=None, broker="tansu", offset=0):
        return Plan(home, Ports(offset), broker, load_secrets(home), environ or {})

    return make
