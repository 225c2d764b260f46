# SPDX-License-Identifier: EUPL-1.2
"""Every COMMUNIQUE_* that a manifest or the compose file sets is a setting that is read."""

import re
from pathlib import Path

import pytest

from communique.settings import declared
from content_api.settings import Settings as ContentApi
from media_store.settings import Settings as MediaStore
from syndicator.settings import Settings as Syndicator

ROOT = Path(__file__).parents[2]
READ_BY_GUNICORN = {"COMMUNIQUE_WEB_WORKERS", "COMMUNIQUE_WEB_THREADS"}
COMPOSE_ONLY = re.compile(r"\$\{(COMMUNIQUE_[A-Z_]+)")
NAME = re.compile(r"\bCOMMUNIQUE_[A-Z0-9_]+\b")
FILES = [
    path
    for path in (ROOT / "deploy/k8s", ROOT / "compose.yaml")
    for path in (path.rglob("*") if path.is_dir() else [path])
    if path.suffix in {".yaml", ".env"}
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_variable_is_a_declared_setting(path):
    known = {
        each.metadata["name"]
        for settings in (ContentApi, MediaStore, Syndicator)
        for each in declared(settings)
    }
    text = path.read_text("utf-8")
    interpolated = set(COMPOSE_ONLY.findall(text))
    assert set(NAME.findall(text)) - interpolated - known - READ_BY_GUNICORN == set()
