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


def test_only_the_end_of_an_embargo_goes_to_the_embargoed_topic_by_itself():
    topics = {each: topic_of(each) for each in EventType}
    embargoed = {each for each, topic in topics.items() if topic == ARTICLES_EMBARGOED}
    assert embargoed == {EventType.ARTICLE_RELEASED, EventType.ARTICLE_RECALLED}
    assert set(topics.values()) == {ARTICLES, ARTICLES_EMBARGOED, ASSETS, DELIVERIES}


def test_the_state_of_a_key_is_compacted_and_a_history_is_not():
    compacted = {plan.name for plan in TOPICS if plan.compacted}
    assert compacted == {ARTICLES, ARTICLES_EMBARGOED, ASSETS}
    assert {plan.name for plan in TOPICS} - compacted == {DELIVERIES, DEAD_LETTERS}
