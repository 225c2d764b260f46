# SPDX-License-Identifier: EUPL-1.2
"""The registers, in memory."""

from collections.abc import Sequence
from datetime import datetime

from content_api.domain.registers import Kept, Person, Register, Topic, code_of
from content_api.testing.memory_tables import Tables


class MemoryRegisters:
    """What articles refer to."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._tables = tables

    def lock(self, register: Register) -> None:
        """Do nothing: the whole store is locked already."""

    def list(self, register: Register) -> Sequence[Kept]:
        """Return the entries by code."""
        rows = sorted(self._tables.registers.items())
        return [kept for (of, _), kept in rows if of is register]

    def find(self, register: Register, code: str) -> Kept | None:
        """Return one entry, or None."""
        return self._tables.registers.get((register, code))

    def known(self, register: Register, codes: Sequence[str]) -> frozenset[str] | None:
        """Return which of the codes there are; None when the register is empty."""
        there = frozenset(code for of, code in self._tables.registers if of is register)
        return there & frozenset(codes) if there else None

    def put(self, register: Register, kept: Kept) -> None:
        """Write an entry."""
        self._tables.registers[register, code_of(kept.entry)] = kept

    def remove(self, register: Register, code: str, caller: str, moment: datetime) -> None:
        """Take an entry out."""
        del caller, moment
        del self._tables.registers[register, code]

    def user(self, register: Register, code: str) -> str | None:
        """Name one entry or live article that refers to the code; None when there is none."""
        for (_, name), kept in sorted(self._tables.registers.items()):
            match (register, kept.entry):
                case (Register.TOPICS, Topic(broader=broader)) if broader == code:
                    return name
                case (Register.MISSIONS, Person(offices=offices)) if code in {
                    tenure.mission for tenure in offices
                }:
                    return name
        if register in {Register.TOPICS, Register.MISSIONS}:
            for (article, _), (_, published) in self._tables.published.items():
                if code in getattr(published, register.value):
                    return article
        return None
