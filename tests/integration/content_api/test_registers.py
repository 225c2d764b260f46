# SPDX-License-Identifier: EUPL-1.2
"""The registers in memory and those on PostgreSQL behave the same; every change is remembered."""

from datetime import date

import psycopg
import pytest

from communique.errors import Conflict, InvalidInput
from content_api.domain.register_errors import NoSuchEntry, StaleEntry
from content_api.domain.registers import (
    Mission,
    MissionKind,
    Person,
    PlaceName,
    Register,
    Tenure,
    Topic,
    code_of,
)
from content_api.testing.builders import a_document
from content_api.testing.desk import Desk
from content_api.testing.memory import MemoryStore
from content_api.use_cases.keep_register import list_entries, put_entry, read_entry, remove_entry

PARIS = Mission("embassy-paris", MissionKind.EMBASSY, {"vi": "Đại sứ quán"}, "FR")
CULTURE = Topic("mofa:culture", {"vi": "Văn hoá"}, media_topic="medtop:20000038")
TENURE = Tenure({"en": "Ambassador"}, date(2025, 1, 1), date(2025, 6, 1), "embassy-paris")
PERSON = Person("holder", "The Holder", (TENURE, Tenure({"en": "Envoy"}, date(2026, 1, 1))))
ENTRIES = [
    (Register.MISSIONS, PARIS),
    (Register.TOPICS, CULTURE),
    (Register.PEOPLE, PERSON),
    (Register.PLACES, PlaceName("FR", {"vi": "Cộng hòa Pháp"})),
]


@pytest.fixture(params=["memory", "postgres"])
def deps(request):
    if request.param == "memory":
        return MemoryStore().deps()
    return request.getfixturevalue("service").deps


def put(deps, register, entry, seen=None):
    return put_entry(register, entry, deps, caller="keeper", seen=seen)


def test_entries_come_back_as_they_were_put_in(deps):
    for register, entry in ENTRIES:
        kept, new = put(deps, register, entry)
        assert (new, kept.revision) == (True, 1)
        assert read_entry(register, code_of(entry), deps) == kept
        assert list(list_entries(register, deps)) == [kept]


def test_known_codes_are_told_and_an_empty_register_is_none(deps):
    with deps.unit_of_work() as unit:
        assert unit.registers.known(Register.TOPICS, ["mofa:culture"]) is None
    put(deps, Register.TOPICS, CULTURE)
    with deps.unit_of_work() as unit:
        assert unit.registers.known(Register.TOPICS, ["mofa:culture", "a:b"]) == {"mofa:culture"}
        assert unit.registers.known(Register.TOPICS, ["a:b"]) == frozenset()
        assert unit.registers.known(Register.MISSIONS, ["embassy-paris"]) is None


def test_what_is_in_use_stays(deps):
    for register, entry in ENTRIES[:3]:
        put(deps, register, entry)
    with pytest.raises(Conflict, match="holder"):
        remove_entry(Register.MISSIONS, "embassy-paris", deps, caller="keeper", seen=1)
    article = Desk(deps).live(a_document())
    with pytest.raises(Conflict, match=article.id):
        remove_entry(Register.TOPICS, "mofa:culture", deps, caller="keeper", seen=1)
    remove_entry(Register.PEOPLE, "holder", deps, caller="keeper", seen=1)
    with pytest.raises(NoSuchEntry):
        read_entry(Register.PEOPLE, "holder", deps)


def test_only_what_was_seen_is_changed(deps):
    put(deps, Register.TOPICS, CULTURE)
    changed = Topic("mofa:culture", {"vi": "Văn hóa"})
    with pytest.raises(StaleEntry):
        put(deps, Register.TOPICS, changed, seen=2)
    assert put(deps, Register.TOPICS, changed, seen=1)[0].revision == 2


def test_a_document_is_held_to_the_registers(deps):
    put(deps, Register.TOPICS, Topic("mofa:other", {"vi": "Khác"}))
    with pytest.raises(InvalidInput) as caught:
        Desk(deps).create(a_document())
    assert set(caught.value.errors) == {"/topics/0"}


def test_every_change_is_remembered_and_stays(service, sql):
    put(service.deps, Register.TOPICS, CULTURE)
    put(service.deps, Register.TOPICS, Topic("mofa:culture", {"vi": "Văn hóa"}), seen=1)
    remove_entry(Register.TOPICS, "mofa:culture", service.deps, caller="keeper", seen=2)
    rows = sql(
        "SELECT code, entry -> 'labels' ->> 'vi', caller FROM content_api.register_changes"
        " ORDER BY position"
    ).fetchall()
    assert rows == [("mofa:culture", name, "keeper") for name in ("Văn hoá", "Văn hóa", None)]
    with pytest.raises(psycopg.errors.RestrictViolation, match="only grows"):
        sql("DELETE FROM content_api.register_changes")
