# SPDX-License-Identifier: EUPL-1.2
"""Take a file of terms into the glossary: all of it, or nothing; and write the glossary as one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from communique.errors import TooLarge
from content_api.domain.terms.concept import Concept
from content_api.domain.terms.csv_file import read_csv, write_csv
from content_api.domain.terms.errors import NotUnderstood
from content_api.domain.terms.reading import MOST_BYTES, Parsed, Problem
from content_api.domain.terms.tbx_file import read_tbx
from content_api.domain.terms.tbx_writing import write_tbx
from content_api.ports import Deps, TermRecord
from content_api.use_cases.manage_terms import new_record, next_record

READERS: Final[Mapping[str, Callable[[bytes], Parsed]]] = {"csv": read_csv, "tbx": read_tbx}
WRITERS: Final[Mapping[str, Callable[[Sequence[Concept]], bytes]]] = {
    "csv": write_csv,
    "tbx": write_tbx,
}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do; `ignored` was understood and is not kept."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    ignored: tuple[Problem, ...]
    dry_run: bool


def import_terms(data: bytes, form: str, deps: Deps, *, caller: str, dry_run: bool) -> ImportReport:
    """Add and change the concepts of a file; those it does not name stay as they are.

    Raises:
        TooLarge: the file is over the limit.
        NotUnderstood: something in the file was not; nothing was changed.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(f"A file of terms has at most {MOST_BYTES} bytes.")
    parsed = READERS[form](data)
    if parsed.problems:
        raise NotUnderstood(parsed.problems)
    with deps.unit_of_work() as unit:
        unit.terms.lock()
        known = unit.terms.find([concept.id for concept in parsed.concepts])
        created: list[TermRecord] = []
        changed: list[TermRecord] = []
        for concept in parsed.concepts:
            record = known.get(concept.id)
            if record is None:
                created.append(new_record(unit, concept, caller))
            elif record.retired or record.concept != concept:
                changed.append(next_record(unit, record, concept, caller))
        if not dry_run:
            unit.terms.save([*created, *changed], "import")
    return ImportReport(
        created=tuple(each.concept.id for each in created),
        changed=tuple(each.concept.id for each in changed),
        unchanged=len(parsed.concepts) - len(created) - len(changed),
        ignored=parsed.ignored,
        dry_run=dry_run,
    )


def export_terms(form: str, deps: Deps) -> bytes:
    """Return the concepts in use as a file that `import_terms` takes."""
    with deps.unit_of_work() as unit:
        return WRITERS[form](unit.terms.active())
