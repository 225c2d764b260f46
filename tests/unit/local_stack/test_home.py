# SPDX-License-Identifier: EUPL-1.2
import tempfile
from pathlib import Path

from local_stack.home import CHECKOUT, Home, read_json, write_json


def test_the_checkout_is_where_the_workspace_is_declared():
    assert "[tool.uv.workspace]" in (CHECKOUT / "pyproject.toml").read_text()


def test_a_socket_stays_near_when_its_path_is_short():
    assert Home(Path("/srv/x/.local")).socket == Path("/srv/x/.local/run/supervisor.sock")


def test_a_socket_moves_when_its_path_is_too_long_for_the_kernel():
    far, other = Home(Path("/srv") / ("x" * 100)), Home(Path("/srv") / ("y" * 100))
    assert far.socket.is_relative_to(tempfile.gettempdir())
    assert len(str(far.socket)) <= 90
    assert far.socket != other.socket


def test_json_is_replaced_whole(home):
    path = home.running / "facts.json"
    assert read_json(path) is None
    write_json(path, {"one": 1, "two": 2})
    write_json(path, {"one": 2})
    assert read_json(path) == {"one": 2}
    assert list(home.running.iterdir()) == [path]
