# SPDX-License-Identifier: EUPL-1.2
"""The glossary and the waivers, in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects.postgresql import insert

from content_api.domain.terms.codec import from_data, search_text, to_data
from content_api.domain.terms.concept import Concept, ConceptKind
from content_api.domain.terms.errors import NoSuchConcept
from content_api.domain.terms.fold import plain
from content_api.domain.terms.waiver import Waiver
from content_api.ports import TermFilter, TermRecord
from content_api.store.tables_terms import glossary, term_changes, term_waivers, terms


class StoredTerms:
    """The concepts, in use and retired."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def version(self) -> int:
        """Return the number of the glossary's last change."""
        version: int = self._connection.execute(select(glossary.c.version)).scalar_one()
        return version

    def lock(self) -> None:
        """Keep every other change of the glossary waiting."""
        self._connection.execute(select(glossary.c.version).with_for_update())

    def active(self) -> Sequence[Concept]:
        """Return the concepts that are in use."""
        rows = self._connection.execute(
            select(terms).where(terms.c.retired.is_(False)).order_by(terms.c.id)
        )
        return [_concept(row) for row in rows]

    def get(self, concept: str) -> TermRecord:
        """Return one, or raise NoSuchConcept."""
        found = self.find([concept]).get(concept)
        if found is None:
            raise NoSuchConcept
        return found

    def find(self, concepts: Sequence[str]) -> Mapping[str, TermRecord]:
        """Return those of them that there are."""
        rows = self._connection.execute(select(terms).where(terms.c.id.in_(concepts)))
        return {row.id: _record(row) for row in rows}

    def page(self, wanted: TermFilter, after: str | None, limit: int) -> Sequence[TermRecord]:
        """Return concepts by id, after the one given."""
        query = select(terms).order_by(terms.c.id).limit(limit)
        query = query.where(terms.c.retired.is_(wanted.retired))
        if wanted.text is not None:
            query = query.where(terms.c.search.contains(plain(wanted.text), autoescape=True))
        if wanted.kind is not None:
            query = query.where(terms.c.kind == wanted.kind.value)
        if wanted.locale is not None:
            query = query.where(terms.c.locales.has_key(wanted.locale))
        if after is not None:
            query = query.where(terms.c.id > after)
        return [_record(row) for row in self._connection.execute(query)]

    def save(self, records: Sequence[TermRecord], action: str) -> None:
        """Write them as one change of the glossary, and who changed what."""
        if not records:
            return
        version = self._connection.execute(
            update(glossary).values(version=glossary.c.version + 1).returning(glossary.c.version)
        ).scalar_one()
        rows = [_row(record) for record in records]
        fresh = insert(terms)
        changing = {
            name: fresh.excluded[name] for name in rows[0] if name not in {"id", "created_at"}
        }
        self._connection.execute(
            fresh.on_conflict_do_update(index_elements=[terms.c.id], set_=changing), rows
        )
        self._connection.execute(
            insert(term_changes),
            [_change(record, action, version) for record in records],
        )


class StoredWaivers:
    """Who answers for which finding."""

    def __init__(self, connection: Connection) -> None:
        """Work in the connection's transaction."""
        self._connection = connection

    def add(self, waiver: Waiver) -> bool:
        """Insert it; False when this finding has been waived."""
        row = {name: value for name, value in asdict(waiver).items() if name != "article"}
        made = self._connection.execute(
            insert(term_waivers)
            .values(article_id=waiver.article, **row)
            .on_conflict_do_nothing()
            .returning(term_waivers.c.fingerprint)
        ).scalar_one_or_none()
        return made is not None

    def of(self, article: str) -> Mapping[str, Waiver]:
        """Return all of an article, by fingerprint."""
        rows = self._connection.execute(
            select(term_waivers)
            .where(term_waivers.c.article_id == article)
            .order_by(term_waivers.c.waived_at)
        )
        return {row.fingerprint: _waiver(row) for row in rows}


def _concept(row: Row[Any]) -> Concept:
    return Concept(row.id, ConceptKind(row.kind), from_data(row.locales), row.definition, row.note)


def _record(row: Row[Any]) -> TermRecord:
    return TermRecord(
        concept=_concept(row),
        revision=row.revision,
        retired=row.retired,
        created_at=row.created_at,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
    )


def _row(record: TermRecord) -> dict[str, Any]:
    concept = record.concept
    return {
        "id": concept.id,
        "kind": concept.kind.value,
        "definition": concept.definition,
        "note": concept.note,
        "locales": to_data(concept.locales),
        "search": search_text(concept.id, concept.locales),
        "revision": record.revision,
        "retired": record.retired,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "updated_by": record.updated_by,
    }


def _change(record: TermRecord, action: str, version: int) -> dict[str, Any]:
    concept = {**asdict(record.concept), "locales": to_data(record.concept.locales)}
    return {
        "caller": record.updated_by,
        "action": action,
        "term_id": record.concept.id,
        "version": version,
        "concept": concept,
    }


def _waiver(row: Row[Any]) -> Waiver:
    values = {name: value for name, value in row._asdict().items() if name != "article_id"}
    return Waiver(article=row.article_id, **values)
