# SPDX-License-Identifier: EUPL-1.2
"""Refuse a document that refers to what is in no register. An empty register is not asked."""

from collections.abc import Iterator, Sequence

from communique.errors import InvalidInput
from content_api.domain import places
from content_api.domain.document import Document
from content_api.domain.registers import Person, Register
from content_api.ports import Registers


def check_references(document: Document, registers: Registers) -> None:
    """Ask for every topic, place, mission and speaker.

    Raises:
        InvalidInput: naming each that there is not, by JSON pointer.
    """
    errors = {
        **dict(_places(document.places)),
        **dict(_codes(Register.TOPICS, document.topics, registers)),
        **dict(_codes(Register.MISSIONS, document.missions, registers)),
        **dict(_speaker(document, registers)),
    }
    if errors:
        raise InvalidInput("The article refers to what is in no register.", errors=errors)


def _places(codes: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    for index, code in enumerate(codes):
        if not places.exists(code):
            yield f"/places/{index}", [f"ISO 3166-1 has no {code.partition('-')[0]}."]


def _codes(
    register: Register, codes: Sequence[str], registers: Registers
) -> Iterator[tuple[str, list[str]]]:
    known = registers.known(register, codes) if codes else None
    if known is None:
        return
    for index, code in enumerate(codes):
        if code not in known:
            yield f"/{register.value}/{index}", [f"The register of {register.value} has no {code}."]


def _speaker(document: Document, registers: Registers) -> Iterator[tuple[str, list[str]]]:
    speaker = document.speaker
    if speaker is None or speaker.name is None:
        return
    people = [kept.entry for kept in registers.list(Register.PEOPLE)]
    if not people:
        return
    found = [each for each in people if isinstance(each, Person) and each.name == speaker.name]
    if not found:
        yield "/speaker/name", ["The register of people has nobody of this name."]
        return
    held = {
        title for person in found for tenure in person.offices for title in tenure.office.items()
    }
    for locale, title in speaker.office.items():
        if (locale, title) not in held:
            yield f"/speaker/office/{locale}", ["This person has no such office in the register."]
