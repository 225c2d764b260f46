# SPDX-License-Identifier: EUPL-1.2
"""Every Python file begins with its licence."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINE = "# SPDX-License-Identifier: EUPL-1.2"


def python_files():
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in listed.splitlines() if (ROOT / name).exists())


@pytest.mark.parametrize("name", python_files())
def test_a_python_file_begins_with_its_licence(name):
    first, *rest = (ROOT / name).read_text().splitlines() or [""]
    if first.startswith("#!"):
        first = rest[0]
    assert first == LINE
