# SPDX-License-Identifier: EUPL-1.2
"""What the repository may not hold: hosts of registries, paths of a machine, a lock with hosts."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# By their form: an index page, a file in an index, or a host that is named as a registry.
REGISTRY = re.compile(
    r"https?://[^\s/]+/(?:simple|maven2|packages/[0-9a-f]{2})/|https?://(?:registry|repo\d?|proxy)\."
)
MACHINE = re.compile(r"(?<![\w.-])/(?:home|Users|work|root)/[A-Za-z]")


def tracked():
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def texts():
    for name in tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data:
            yield name, data.decode()


@pytest.fixture(scope="module")
def files():
    return dict(texts())


def holding(files, pattern):
    return sorted(name for name, text in files.items() if re.search(pattern, text))


def test_no_file_names_a_registry(files):
    assert holding(files, REGISTRY) == []


def test_no_file_names_a_path_of_one_machine(files):
    assert holding(files, MACHINE) == []


def test_the_lock_has_hashes_and_no_addresses(files):
    lock = files["requirements.lock"]
    assert "--hash=sha256:" in lock
    assert "://" not in lock


def test_no_other_lock_is_tracked(files):
    assert [name for name in files if name.endswith("uv.lock")] == []


def test_no_local_data_is_tracked():
    local = (".local/", ".venv/", "__pycache__/")
    assert [name for name in tracked() if any(each in f"{name}/" for each in local)] == []


def test_no_secret_key_is_tracked(files):
    assert holding(files, r"-----BEGIN [A-Z ]*PRIVATE KEY-----") == []


def test_tests_are_no_packages():
    assert [name for name in tracked() if re.fullmatch(r"tests/(.*/)?__init__\.py", name)] == []


def test_the_readme_is_short(files):
    assert len(files["README.md"].splitlines()) <= 120
