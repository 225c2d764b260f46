# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.events.envelope import EventType
from communique.events.topics import (
    ARTICLES,
    ARTICLES_EMBARGOED,
    ASSETS,
    DEAD_LETTERS,
    DELIVERIES,
    TOPICS,
    topic_of,
)


@pytest.mark.parametrize("event_type", EventType)
def test_every_event_has_a_planned_topic(event_type):
    assert topic_of(event_type) in {plan.name for plan in TOPICS}


def test_nothing_goes_to_the_embargoed_topic_or_the_dead_letters_by_itself():
    assert {topic_of(each) for each in EventType} == {ARTICLES, ASSETS, DELIVERIES}


def test_the_state_of_a_key_is_compacted_and_a_history_is_not():
    compacted = {plan.name for plan in TOPICS if plan.compacted}
    assert compacted == {ARTICLES, ARTICLES_EMBARGOED, ASSETS}
    assert {plan.name for plan in TOPICS} - compacted == {DELIVERIES, DEAD_LETTERS}
