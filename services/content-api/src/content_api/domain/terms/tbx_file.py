# SPDX-License-Identifier: EUPL-1.2
"""Read terms from TBX-Basic (ISO 30042): the form of 2019, and the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from content_api.domain.terms.reading import Building, Parsed, Problem
from content_api.domain.terms.tbx_entry import Entry, Language, Term, take

_XML_LANG: Final = "http://www.w3.org/XML/1998/namespace lang"
_ENTRIES: Final = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES: Final = frozenset({"langSec", "langSet"})
_TERMS: Final = frozenset({"termSec", "tig", "ntig"})
_VALUES: Final = frozenset({"term", "termNote", "descrip", "note", "admin"})
_AROUND: Final = frozenset({"tbx", "martif", "text", "body", "termGrp", "descripGrp", "adminGrp"})
#: Read over with all they hold, and told in the report.
_SKIPPED: Final = frozenset({"tbxHeader", "martifHeader", "back", "transacGrp", "ref", "xref"})


@dataclass(slots=True)
class _Value:
    name: str
    type: str
    row: int
    column: int
    parts: list[str] = field(default_factory=list)


def read_tbx(data: bytes) -> Parsed:
    """Read a file; entities are refused, and every problem is told with its row and column."""
    building = Building()
    reader = _Reader(building)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        building.problem(
            error.lineno, error.offset + 1, f"Not XML: {expat.ErrorString(error.code)}."
        )
    except _Refused as error:
        building.problem(*reader.place(), str(error))
    except (LookupError, ValueError):
        building.problem(1, 1, "Written in an encoding that we do not read.")
    if not reader.seen_root and not building.problems:
        building.problem(1, 1, "Holds no terms.")
    return building.finish()


class _Refused(Exception):
    """What no file of terms needs."""


class _Reader:
    def __init__(self, building: Building) -> None:
        self.building = building
        self.seen_root = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._entity
        self._skipping = 0
        self._entry: Entry | None = None
        self._language: Language | None = None
        self._term: Term | None = None
        self._value: _Value | None = None

    def place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _doctype(self, _name: str, _system: object, _public: object, internal: int) -> None:
        if internal:
            raise _Refused("Declarations inside the file are not read.")

    def _entity(self, *_what: object) -> None:
        raise _Refused("Entities are not read.")

    def _start(self, full_name: str, attributes: Mapping[str, str]) -> None:
        name = full_name.rpartition(" ")[2]
        if self._skipping or name in _SKIPPED:
            self._skip(name)
        elif name in _ENTRIES:
            self._entry = Entry(attributes.get("id", ""), *self.place())
        elif name in _LANGUAGES and self._entry is not None:
            self._language = Language(attributes.get(_XML_LANG, ""), *self.place())
            self._entry.languages.append(self._language)
        elif name in _TERMS and self._language is not None:
            self._term = Term(*self.place())
            self._language.terms.append(self._term)
        elif name in _VALUES and self._entry is not None and self._value is None:
            self._value = _Value(name, attributes.get("type", ""), *self.place())
        elif name in _AROUND:
            self.seen_root = self.seen_root or name in {"tbx", "martif"}
        else:
            self.building.problem(*self.place(), f"Not understood: <{name[:60]}>.")
            self._skipping = 1

    def _skip(self, name: str) -> None:
        if not self._skipping and name not in {"tbxHeader", "martifHeader"}:
            self.building.ignored.append(Problem(*self.place(), f"<{name}> is not kept."))
        self._skipping += 1

    def _end(self, full_name: str) -> None:
        name = full_name.rpartition(" ")[2]
        if self._skipping:
            self._skipping -= 1
        elif name in _VALUES and self._value is not None:
            self._keep(self._value)
            self._value = None
        elif name in _TERMS:
            self._term = None
        elif name in _LANGUAGES:
            self._language = None
        elif name in _ENTRIES and self._entry is not None:
            take(self._entry, self.building)
            self._entry = None

    def _text(self, text: str) -> None:
        if self._skipping:
            return
        if self._value is not None:
            self._value.parts.append(text)
        elif text.strip():
            self.building.problem(*self.place(), f"Not understood: {text.strip()[:60]!r}.")

    def _keep(self, value: _Value) -> None:
        holder = self._term or self._language or self._entry
        if holder is not None:
            holder.values.append(
                (value.name, value.type, "".join(value.parts), value.row, value.column)
            )
