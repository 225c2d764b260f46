# SPDX-License-Identifier: EUPL-1.2
"""The `import` command: take in what another system has published.

Nothing is guessed: what the mapping file does not say, or no block can show, is a problem; an item
with a problem is left out and listed. Running it again goes on where it stopped.
"""

import argparse
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson

from communique.errors import Refused
from content_api.api.import_input import load_document
from content_api.domain.bodies.findings import NotBlocks
from content_api.domain.imports.feeds import read_feed
from content_api.domain.imports.front_matter import read_page
from content_api.domain.imports.item import Items, SourceItem, Unread, Unreadable
from content_api.domain.imports.mapping import Meaning, read_meaning, to_input
from content_api.domain.imports.ninjs import read_ninjs
from content_api.domain.imports.wxr import read_wxr
from content_api.ports import Deps
from content_api.use_cases.import_articles import Incoming, Outcome, Taken, import_articles

_BATCH: Final = 100
_CALLER: Final = "import"
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "ninjs": (".json", ".ndjson", ".jsonl"),
    "feed": (".xml", ".rss", ".atom"),
    "wxr": (".xml", ".wxr"),
    "markdown": (".md", ".markdown"),
}
_READERS: Final[Mapping[str, Callable[[str, bytes], Items]]] = {
    "ninjs": lambda _, document: read_ninjs(document),
    "feed": lambda _, document: read_feed(document),
    "wxr": lambda _, document: read_wxr(document),
    "markdown": lambda name, document: iter([read_page(name, document)]),
}


def add_import_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", open_deps: Callable[[], Deps]
) -> None:
    """Add `import` to the command line."""
    parser = commands.add_parser(
        "import", help="take in what another system has published; it goes to no social channel"
    )
    parser.add_argument("format", choices=sorted(_READERS))
    parser.add_argument("path", type=Path, help="a file, or a folder of files")
    parser.add_argument(
        "--mapping", type=Path, required=True, help="what the source's words mean here (YAML)"
    )
    parser.add_argument("--dry-run", action="store_true", help="keep nothing, say what would be")
    parser.add_argument("--report", type=Path, help="write what became of each item (JSON)")
    parser.set_defaults(run=lambda arguments: _run(arguments, open_deps))


@dataclass(slots=True)
class _Report:
    """What became of each item so far."""

    began: float
    counts: Counter[str] = field(default_factory=Counter)
    items: list[dict[str, Any]] = field(default_factory=list)

    def note(
        self, name: str, outcome: str, reasons: Iterable[str] = (), notes: Iterable[str] = ()
    ) -> None:
        """Count an item, and list it if there is something to say of it."""
        self.counts[str(outcome)] += 1
        told = {"item": name, "outcome": str(outcome), "reasons": [*reasons], "notes": [*notes]}
        if told["reasons"] or told["notes"]:
            self.items.append(told)

    def line(self) -> str:
        """Return where it stands, in one line."""
        done = self.counts.total()
        rate = done / max(time.monotonic() - self.began, 0.001)
        words = ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))
        return f"{done} items, {rate:.0f} a second: {words or 'nothing'}"


def _run(arguments: argparse.Namespace, open_deps: Callable[[], Deps]) -> int:
    report = _Report(time.monotonic())
    try:
        meaning = read_meaning(arguments.mapping.read_text("utf-8"))
        files = list(_files(arguments.path, arguments.format))
        deps = open_deps()
        for name, path in files:
            _import_file(name, path, arguments, meaning, deps, report)
    except (OSError, Unreadable, UnicodeDecodeError) as error:
        sys.stderr.write(f"import: {error}\n")
        return 2
    sys.stdout.write(f"\r{report.line()}\n")
    _tell(report, arguments)
    return 1 if report.counts[Outcome.REFUSED] else 0


def _files(path: Path, form: str) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield path.name, path
        return
    if not path.is_dir():
        raise Unreadable(f"{path}: there is no such file or folder")
    found = sorted(each for each in path.rglob("*") if each.suffix.lower() in _ENDINGS[form])
    if not found:
        raise Unreadable(f"{path}: no file ends in {', '.join(_ENDINGS[form])}")
    for each in found:
        yield each.relative_to(path).as_posix(), each


def _import_file(
    name: str,
    path: Path,
    arguments: argparse.Namespace,
    meaning: Meaning,
    deps: Deps,
    report: _Report,
) -> None:
    ready = _ready(name, path, arguments.format, meaning, report)
    while batch := list(islice(ready, _BATCH)):
        incoming = [each for each, _ in batch]
        notes = {each.item: said for each, said in batch}
        taken = import_articles(
            meaning.source, incoming, deps, caller=_CALLER, dry=arguments.dry_run
        )
        for each in taken:
            _note(each, notes[each.item], report)
        if sys.stdout.isatty():
            sys.stdout.write(f"\r{report.line()}")
            sys.stdout.flush()


def _ready(
    name: str, path: Path, form: str, meaning: Meaning, report: _Report
) -> Iterator[tuple[Incoming, list[str]]]:
    seen: set[str] = set()
    try:
        for item in _READERS[form](name, path.read_bytes()):
            if item.id in seen:
                report.note(item.id, Outcome.REFUSED, ["stands twice in the file"])
                continue
            seen.add(item.id)
            if isinstance(item, Unread):
                report.note(item.id, Outcome.REFUSED if item.problem else "left out", item.reasons)
                continue
            prepared = _prepare(item, meaning, report)
            if prepared is not None:
                yield prepared
    except Unreadable as error:
        report.note(name, Outcome.REFUSED, [str(error)])


def _prepare(
    item: SourceItem, meaning: Meaning, report: _Report
) -> tuple[Incoming, list[str]] | None:
    notes: list[str] = []
    try:
        document = load_document(to_input(item, meaning, notes))
    except NotBlocks as error:
        report.note(item.id, Outcome.REFUSED, error.findings)
        return None
    except Refused as refusal:
        said = (f"{place}: {line}" for place, lines in refusal.errors.items() for line in lines)
        report.note(item.id, Outcome.REFUSED, said)
        return None
    digest = hashlib.sha256(repr(item).encode()).digest()
    incoming = Incoming(item.id, digest, document, item.published_at, item.modified_at)
    return incoming, notes


def _note(taken: Taken, notes: list[str], report: _Report) -> None:
    report.note(
        taken.item, taken.outcome, taken.reasons, notes if taken.outcome is Outcome.IMPORTED else ()
    )


def _tell(report: _Report, arguments: argparse.Namespace) -> None:
    if arguments.report is not None:
        document = {
            "dry_run": arguments.dry_run,
            "counts": dict(report.counts),
            "items": report.items,
        }
        arguments.report.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        return
    for item in report.items:
        for reason in item["reasons"]:
            sys.stderr.write(f"{item['item']}: {item['outcome']}: {reason}\n")
