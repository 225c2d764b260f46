# SPDX-License-Identifier: EUPL-1.2
"""The glossary and the waivers, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content_api.domain.terms.codec import search_text
from content_api.domain.terms.concept import Concept
from content_api.domain.terms.errors import NoSuchConcept
from content_api.domain.terms.fold import plain
from content_api.domain.terms.waiver import Waiver
from content_api.ports import TermFilter, TermRecord


@dataclass
class TermTables:
    """What is committed."""

    version: int = 0
    records: dict[str, TermRecord] = field(default_factory=dict)
    changes: list[tuple[str, str, str, int]] = field(default_factory=list)
    waivers: dict[tuple[str, str], Waiver] = field(default_factory=dict)


class MemoryTerms:
    """The concepts, in use and retired."""

    def __init__(self, tables: TermTables) -> None:
        """Take the tables."""
        self._tables = tables

    def version(self) -> int:
        """Return the number of the glossary's last change."""
        return self._tables.version

    def lock(self) -> None:
        """Do nothing: the whole store is locked already."""

    def active(self) -> Sequence[Concept]:
        """Return the concepts that are in use."""
        rows = sorted(self._tables.records.items())
        return [record.concept for _, record in rows if not record.retired]

    def get(self, concept: str) -> TermRecord:
        """Return one, or raise NoSuchConcept."""
        if concept not in self._tables.records:
            raise NoSuchConcept
        return self._tables.records[concept]

    def find(self, concepts: Sequence[str]) -> Mapping[str, TermRecord]:
        """Return those of them that there are."""
        records = self._tables.records
        return {concept: records[concept] for concept in concepts if concept in records}

    def page(self, wanted: TermFilter, after: str | None, limit: int) -> Sequence[TermRecord]:
        """Return concepts by id, after the one given."""
        rows = sorted(self._tables.records.items())
        found = [
            record
            for concept, record in rows
            if (after is None or concept > after) and _fits(record, wanted)
        ]
        return found[:limit]

    def save(self, records: Sequence[TermRecord], action: str) -> None:
        """Write them as one change of the glossary, and who changed what."""
        if not records:
            return
        self._tables.version += 1
        for record in records:
            concept = record.concept.id
            self._tables.records[concept] = record
            self._tables.changes.append((record.updated_by, action, concept, self._tables.version))


class MemoryWaivers:
    """Who answers for which finding."""

    def __init__(self, tables: TermTables) -> None:
        """Take the tables."""
        self._rows = tables.waivers

    def add(self, waiver: Waiver) -> bool:
        """Insert it; False when this finding has been waived."""
        return self._rows.setdefault((waiver.article, waiver.fingerprint), waiver) is waiver

    def of(self, article: str) -> Mapping[str, Waiver]:
        """Return all of an article, by fingerprint."""
        return {mark: row for (owner, mark), row in self._rows.items() if owner == article}


def _fits(record: TermRecord, wanted: TermFilter) -> bool:
    concept = record.concept
    return (
        record.retired is wanted.retired
        and wanted.kind in {None, concept.kind}
        and (wanted.locale is None or wanted.locale in concept.locales)
        and (wanted.text is None or plain(wanted.text) in search_text(concept.id, concept.locales))
    )
