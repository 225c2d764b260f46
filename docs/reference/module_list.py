# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: INP001  # a script beside the pages it writes
"""One line per module, from the modules' own docstrings."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = (
    "shared/src/communique",
    "services/content-api/src/content_api",
    "services/syndicator/src/syndicator",
    "services/media-store/src/media_store",
    "clients/python/src/communique_client",
    "deploy/local/src/local_stack",
)


def sections() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each package with its modules and what each is."""
    for package in PACKAGES:
        yield package, list(_modules(ROOT / package))


def _modules(package: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(package.rglob("*.py")):
        name = str(path.relative_to(package)).removesuffix("__init__.py") or "./"
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
        if docstring and "versions" not in path.parts:
            first = " ".join(docstring.split("\n\n")[0].split())
            yield f"`{name}`", first.replace("|", "\\|")
