# SPDX-License-Identifier: EUPL-1.2
"""Keep the registers: put an entry in, change it, take it out, read them."""

from collections.abc import Sequence

from communique.errors import Conflict, InvalidInput, PreconditionMissing
from content_api.domain import places
from content_api.domain.register_errors import NoSuchEntry, StaleEntry
from content_api.domain.registers import (
    Entry,
    Kept,
    Mission,
    Person,
    PlaceName,
    Register,
    Topic,
    code_of,
    ring,
)
from content_api.ports import Deps, Registers, UnitOfWork


def put_entry(
    register: Register, entry: Entry, deps: Deps, *, caller: str, seen: int | None
) -> tuple[Kept, bool]:
    """Put an entry in, or in the place of the one seen; tell whether it is new.

    Raises:
        PreconditionMissing: there is one already and the caller does not say which was seen.
        StaleEntry: it has changed since, or is gone.
        InvalidInput: it refers to what there is not.
    """
    with deps.unit_of_work() as unit:
        code = code_of(entry)
        unit.registers.lock(register)
        current = unit.registers.find(register, code)
        if current is not None and seen is None:
            raise PreconditionMissing(f"Send If-Match with the ETag you have seen: {code} exists.")
        revision = 0 if current is None else current.revision
        if seen is not None and seen != revision:
            raise StaleEntry(revision)
        _check(entry, unit.registers)
        if current is not None and current.entry == entry:
            return current, False
        kept = Kept(entry, revision + 1, unit.now(), caller)
        unit.registers.put(register, kept)
        return kept, current is None


def remove_entry(register: Register, code: str, deps: Deps, *, caller: str, seen: int) -> None:
    """Take an entry out.

    Raises:
        NoSuchEntry, StaleEntry: there is none, or it has changed since.
        Conflict: something refers to it.
    """
    with deps.unit_of_work() as unit:
        unit.registers.lock(register)
        current = _get(unit, register, code)
        if seen != current.revision:
            raise StaleEntry(current.revision)
        user = unit.registers.user(register, code)
        if user is not None:
            raise Conflict(f"{code} is in use: {user} refers to it.", extra={"used_by": user})
        unit.registers.remove(register, code, caller, unit.now())


def read_entry(register: Register, code: str, deps: Deps) -> Kept:
    """Return an entry, or raise NoSuchEntry."""
    with deps.unit_of_work() as unit:
        return _get(unit, register, code)


def list_entries(register: Register, deps: Deps) -> Sequence[Kept]:
    """Return a register by code."""
    with deps.unit_of_work() as unit:
        return unit.registers.list(register)


def _get(unit: UnitOfWork, register: Register, code: str) -> Kept:
    found = unit.registers.find(register, code)
    if found is None:
        raise NoSuchEntry(code)
    return found


def _check(entry: Entry, registers: Registers) -> None:
    errors: dict[str, list[str]] = {}
    match entry:
        case Topic(broader=str(broader)):
            errors = _check_topic(entry, broader, registers)
        case Mission(country=country) if not places.exists(country):
            errors = {"/country": [f"ISO 3166-1 has no {country}."]}
        case PlaceName(code=code) if not places.exists(code):
            errors = {"/code": [f"ISO 3166-1 has no {code}."]}
        case Person(offices=offices):
            wanted = [each.mission for each in offices if each.mission is not None]
            known = registers.known(Register.MISSIONS, wanted) or frozenset()
            for index, tenure in enumerate(offices):
                if tenure.mission is not None and tenure.mission not in known:
                    pointer = f"/offices/{index}/mission"
                    errors[pointer] = [f"There is no mission {tenure.mission}."]
    if errors:
        raise InvalidInput("The entry refers to what there is not.", errors=errors)


def _check_topic(topic: Topic, broader: str, registers: Registers) -> dict[str, list[str]]:
    topics = [kept.entry for kept in registers.list(Register.TOPICS)]
    above = {each.code: each.broader for each in topics if isinstance(each, Topic)}
    if broader not in above:
        return {"/broader": [f"There is no topic {broader}."]}
    if ring(topic, above):
        return {"/broader": ["The topic would be broader than itself."]}
    return {}
