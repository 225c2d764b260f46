# SPDX-License-Identifier: EUPL-1.2
"""Add, change and retire concepts of the glossary; list and read them."""

from collections.abc import Sequence
from dataclasses import replace

from content_api.domain.terms.concept import Concept
from content_api.domain.terms.errors import ConceptTaken, StaleConcept
from content_api.domain.terms.validity import check_concept
from content_api.ports import Deps, TermFilter, TermRecord, UnitOfWork


def list_terms(
    wanted: TermFilter, deps: Deps, *, after: str | None, limit: int
) -> tuple[Sequence[TermRecord], str | None]:
    """Return a page of concepts by id, and the id to go on from."""
    with deps.unit_of_work() as unit:
        found = unit.terms.page(wanted, after, limit + 1)
    page = found[:limit]
    return page, page[-1].concept.id if len(found) > limit else None


def read_term(concept: str, deps: Deps) -> TermRecord:
    """Return a concept, or raise NoSuchConcept."""
    with deps.unit_of_work() as unit:
        return unit.terms.get(concept)


def create_term(concept: Concept, deps: Deps, *, caller: str) -> tuple[TermRecord, bool]:
    """Add a concept; False when the same one is there already.

    Raises:
        InvalidInput: the concept cannot be kept as it is.
        ConceptTaken: the id belongs to another concept.
    """
    check_concept(concept)
    with deps.unit_of_work() as unit:
        unit.terms.lock()
        known = unit.terms.find([concept.id]).get(concept.id)
        if known is None:
            made = new_record(unit, concept, caller)
            unit.terms.save([made], "create")
            return made, True
        if known.retired or known.concept != concept:
            raise ConceptTaken(concept.id)
        return known, False


def change_term(concept: Concept, deps: Deps, *, caller: str, seen: int) -> TermRecord:
    """Put a concept in the place of the revision seen; one that was retired is in use again.

    Raises:
        InvalidInput: the concept cannot be kept as it is.
        NoSuchConcept, StaleConcept: it cannot be changed.
    """
    check_concept(concept)
    with deps.unit_of_work() as unit:
        known = _current(unit, concept.id, seen)
        if known.concept == concept and not known.retired:
            return known
        changed = next_record(unit, known, concept, caller)
        unit.terms.save([changed], "change")
        return changed


def retire_term(concept: str, deps: Deps, *, caller: str, seen: int) -> TermRecord:
    """Stop looking for a concept; it stays readable. Retiring it again changes nothing.

    Raises:
        NoSuchConcept, StaleConcept: it cannot be retired.
    """
    with deps.unit_of_work() as unit:
        known = _current(unit, concept, seen)
        if known.retired:
            return known
        retired = replace(next_record(unit, known, known.concept, caller), retired=True)
        unit.terms.save([retired], "retire")
        return retired


def new_record(unit: UnitOfWork, concept: Concept, caller: str) -> TermRecord:
    """Return the first revision of a concept."""
    return TermRecord(
        concept, 1, retired=False, created_at=unit.now(), updated_at=unit.now(), updated_by=caller
    )


def next_record(unit: UnitOfWork, known: TermRecord, concept: Concept, caller: str) -> TermRecord:
    """Return the next revision of a concept, in use."""
    return replace(
        known,
        concept=concept,
        revision=known.revision + 1,
        retired=False,
        updated_at=unit.now(),
        updated_by=caller,
    )


def _current(unit: UnitOfWork, concept: str, seen: int) -> TermRecord:
    unit.terms.lock()
    known = unit.terms.get(concept)
    if known.revision != seen:
        raise StaleConcept(known.revision)
    return known
