# SPDX-License-Identifier: EUPL-1.2
"""Terms as CSV: one row per form; what holds for a whole concept stands on its first row."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from content_api.domain.terms.concept import Concept, ConceptKind, LocaleForms
from content_api.domain.terms.reading import (
    Building,
    Parsed,
    Problem,
    clean,
    fields_of,
    is_locale,
    kind_of,
    what_is_wrong,
    with_form,
)

COLUMNS: Final = (
    "id",
    "kind",
    "definition",
    "note",
    "locale",
    "status",
    "form",
    "reason",
    "must_not_translate",
    "case_sensitive",
    "preferred_in",
)
_STATUSES: Final = ("preferred", "allowed", "forbidden")
_FLAGS: Final = {"": False, "no": False, "yes": True}


def read_csv(data: bytes) -> Parsed:
    """Read a file; every problem is told, with its row and column."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        return Parsed((), (Problem(row, 1, "Not UTF-8."),))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    reading = _Reading()
    try:
        header = next(reader, [])
        if not reading.header(header):
            return reading.building.finish()
        for cells in reader:
            if any(cell.strip() for cell in cells):
                reading.row(reader.line_num, cells)
    except csv.Error as error:
        reading.building.problem(reader.line_num, 1, f"Not CSV: {error}.")
    return reading.building.finish()


def write_csv(concepts: Sequence[Concept]) -> bytes:
    """Write concepts so that `read_csv` reads the same."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for concept in concepts:
        writer.writerows(_rows(concept))
    return target.getvalue().encode()


class _Reading:
    def __init__(self) -> None:
        self.building = Building()
        self._columns: dict[str, int] = {}
        self._width = 0

    def header(self, names: Sequence[str]) -> bool:
        """Take the names of the columns, in any order; tell whether they can be read by."""
        self._width = len(names)
        for place, name in enumerate(names):
            if name.strip() not in COLUMNS:
                self.building.problem(1, place + 1, f"No such column: {name.strip()[:40]!r}.")
            elif name.strip() in self._columns:
                self.building.problem(1, place + 1, "This column stands here twice.")
            self._columns[name.strip()] = place
        for name in ("id", "kind", "locale", "status", "form"):
            if name not in self._columns:
                self.building.problem(1, self._width + 1, f"The column {name} is missing.")
        return not self.building.problems

    def row(self, number: int, cells: Sequence[str]) -> None:
        if len(cells) != self._width:
            detail = f"Has {len(cells)} cells; the header has {self._width}."
            self.building.problem(number, min(len(cells), self._width) + 1, detail)
            return
        given = {name: clean(cells[place]) for name, place in self._columns.items()}
        row = _Row(number, given, self._columns, self.building)
        if row.is_text() and row.concept() and row.has_place():
            row.forms()


class _Row:
    """One row; each step tells whether the next makes sense."""

    def __init__(
        self, number: int, given: Mapping[str, str], columns: Mapping[str, int], building: Building
    ) -> None:
        self._number = number
        self._given = given
        self._columns = columns
        self._building = building

    def _get(self, name: str) -> str:
        return self._given.get(name, "")

    def _wrong(self, name: str, detail: str) -> bool:
        self._building.problem(self._number, self._columns.get(name, 0) + 1, detail)
        return False

    def is_text(self) -> bool:
        for name, text in self._given.items():
            detail = what_is_wrong(text)
            if detail is not None:
                return self._wrong(name, detail)
        return bool(self._get("id")) or self._wrong("id", "Give the concept's id.")

    def concept(self) -> bool:
        known = self._building.concepts.get(self._get("id"))
        if known is None:
            return self._new()
        for name in ("kind", "definition", "note"):
            text = self._get(name)
            if text and text != (getattr(known, name) or ""):
                return self._wrong(name, "Differs from the concept's first row.")
        return True

    def _new(self) -> bool:
        kind = kind_of(self._get("kind"))
        if kind is None:
            return self._wrong("kind", f"Must be one of: {', '.join(ConceptKind)}.")
        concept = Concept(
            self._get("id"),
            kind,
            {},
            self._get("definition") or None,
            self._get("note") or None,
        )
        self._building.concept(concept, self._number, self._columns["id"] + 1)
        return True

    def has_place(self) -> bool:
        if not is_locale(self._get("locale")):
            return self._wrong("locale", "Not a language tag in canonical form, such as zh-Hans.")
        if self._get("status") not in _STATUSES:
            return self._wrong("status", f"Must be one of: {', '.join(_STATUSES)}.")
        if self._get("status") != "forbidden" and self._get("reason"):
            return self._wrong("reason", "Only a forbidden form has a reason.")
        return True

    def forms(self) -> None:
        concept, locale, status = self._get("id"), self._get("locale"), self._get("status")
        place = (self._number, self._columns["form"] + 1)
        forms = self._flags(self._building.forms(concept, locale, place))
        if forms is None:
            return
        with_one = with_form(forms, status, self._get("form"), self._get("reason"))
        if with_one is None:
            self._wrong("status", "The concept has a preferred form in this language.")
        else:
            self._building.keep(concept, locale, with_one)

    def _flags(self, forms: LocaleForms) -> LocaleForms | None:
        for name in ("must_not_translate", "case_sensitive"):
            if self._get(name) not in _FLAGS:
                self._wrong(name, "Must be yes, no or empty.")
                return None
        parts = fields_of(each.strip() for each in self._get("preferred_in").split("|"))
        if parts is None:
            self._wrong("preferred_in", "Names no part of an article; separate several by |.")
            return None
        return replace(
            forms,
            must_not_translate=forms.must_not_translate or _FLAGS[self._get("must_not_translate")],
            case_sensitive=forms.case_sensitive or _FLAGS[self._get("case_sensitive")],
            preferred_in=forms.preferred_in or parts,
        )


def _rows(concept: Concept) -> Iterator[dict[str, str]]:
    common = {
        "kind": concept.kind.value,
        "definition": concept.definition or "",
        "note": concept.note or "",
    }
    for locale, forms in concept.locales.items():
        flags = {
            "must_not_translate": "yes" if forms.must_not_translate else "",
            "case_sensitive": "yes" if forms.case_sensitive else "",
            "preferred_in": "|".join(forms.preferred_in),
        }
        for status, form, reason in _standings(forms):
            row = {"id": concept.id, "locale": locale, "status": status, "form": form}
            yield {**row, "reason": reason, **common, **flags}
            common, flags = {}, {}


def _standings(forms: LocaleForms) -> Iterator[tuple[str, str, str]]:
    yield "preferred", forms.preferred, ""
    for form in forms.allowed:
        yield "allowed", form, ""
    for each in forms.forbidden:
        yield "forbidden", each.form, each.reason
