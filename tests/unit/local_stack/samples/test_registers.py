# SPDX-License-Identifier: EUPL-1.2
"""The sample's registers hold what its articles refer to, in the shapes of the desk."""

import pytest

from content_api.api.register_schemas import MissionInputSchema, TopicInputSchema
from local_stack import samples

SHAPES = {"missions": MissionInputSchema, "topics": TopicInputSchema}
ENTRIES = [
    (register, code) for register, entries in samples.registers().items() for code in entries
]


@pytest.mark.parametrize(("register", "code"), ENTRIES)
def test_every_entry_is_what_a_desk_may_send(register, code):
    entry = samples.registers()[register][code]
    assert SHAPES[register]().load(entry)


@pytest.mark.parametrize("name", samples.ARTICLES)
def test_every_article_refers_to_what_there_is(name):
    article, registers = samples.article(name), samples.registers()
    for register in SHAPES:
        assert set(article[register]) <= set(registers[register])


def test_what_others_refer_to_comes_first():
    seen = set()
    for code, topic in samples.registers()["topics"].items():
        assert topic.get("broader") in {None, *seen}
        seen.add(code)


def test_nobody_is_named():
    assert "people" not in samples.registers()
