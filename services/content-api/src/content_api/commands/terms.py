# SPDX-License-Identifier: EUPL-1.2
"""The `terms` command: take a file into the glossary, and write the glossary as a file."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from content_api.domain.terms.errors import NotUnderstood
from content_api.domain.terms.reading import Problem
from content_api.ports import Deps
from content_api.use_cases.import_terms import READERS, ImportReport, export_terms, import_terms

_CALLER: Final = "command line"


def add_terms_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", open_deps: Callable[[], Deps]
) -> None:
    """Add `terms import|export` to the command line."""
    parser = commands.add_parser("terms", help="import and export the glossary")
    actions = parser.add_subparsers(dest="action", required=True)
    importing = actions.add_parser(
        "import", help="add and change the concepts of a file: all of them, or none"
    )
    importing.add_argument("file", type=_file, help="a .csv or .tbx file")
    importing.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and do nothing"
    )
    importing.set_defaults(run=lambda arguments: _import(arguments, open_deps()))
    exporting = actions.add_parser("export", help="write the concepts in use to a file")
    exporting.add_argument("file", type=_file, help="a .csv or .tbx file; it is replaced")
    exporting.set_defaults(run=lambda arguments: _export(arguments, open_deps()))


def _file(text: str) -> Path:
    path = Path(text)
    if _form(path) not in READERS:
        raise argparse.ArgumentTypeError("name a .csv or .tbx file")
    return path


def _form(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _import(arguments: argparse.Namespace, deps: Deps) -> int:
    path: Path = arguments.file
    try:
        data = path.read_bytes()
    except OSError as error:
        sys.stderr.write(f"{path}: {error.strerror}\n")
        return 2
    try:
        report = import_terms(data, _form(path), deps, caller=_CALLER, dry_run=arguments.dry_run)
    except NotUnderstood as error:
        for problem in error.problems:
            sys.stderr.write(f"{path}:{_told(problem)}\n")
        sys.stderr.write(f"{error.detail}\n")
        return 1
    _tell(path, report)
    return 0


def _export(arguments: argparse.Namespace, deps: Deps) -> int:
    path: Path = arguments.file
    try:
        path.write_bytes(export_terms(_form(path), deps))
    except OSError as error:
        sys.stderr.write(f"{path}: {error.strerror}\n")
        return 2
    return 0


def _tell(path: Path, report: ImportReport) -> None:
    for problem in report.ignored:
        sys.stdout.write(f"{path}:{_told(problem)}\n")
    for action, concepts in (("create", report.created), ("change", report.changed)):
        sys.stdout.writelines(f"{action} {concept}\n" for concept in concepts)
    would = "would be " if report.dry_run else ""
    sys.stdout.write(
        f"{len(report.created)} concepts {would}created, {len(report.changed)} {would}changed, "
        f"{report.unchanged} are the same.\n"
    )


def _told(problem: Problem) -> str:
    return f"{problem.row}:{problem.column}: {problem.detail}"
