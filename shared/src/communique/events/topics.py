# SPDX-License-Identifier: EUPL-1.2
"""Which event goes to which topic. The key is the article's or asset's id; order holds per key."""

from dataclasses import dataclass
from typing import Final

from communique.events.envelope import EventType

ARTICLES: Final = "communique.articles"
ARTICLES_EMBARGOED: Final = "communique.articles.embargoed"
ASSETS: Final = "communique.assets"
DELIVERIES: Final = "communique.deliveries"
DEAD_LETTERS: Final = "communique.dead-letters"


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """How a topic is made."""

    name: str
    partitions: int
    compacted: bool


TOPICS: Final = (
    TopicPlan(ARTICLES, partitions=3, compacted=True),
    TopicPlan(ARTICLES_EMBARGOED, partitions=3, compacted=True),
    TopicPlan(ASSETS, partitions=3, compacted=True),
    TopicPlan(DELIVERIES, partitions=3, compacted=False),
    TopicPlan(DEAD_LETTERS, partitions=1, compacted=False),
)

_BY_SUBJECT: Final = {"article": ARTICLES, "asset": ASSETS, "delivery": DELIVERIES}


#: Events of the press tier alone: an embargo has lifted, or the article will not come.
PRESS_ONLY: Final = frozenset({EventType.ARTICLE_RELEASED, EventType.ARTICLE_RECALLED})


def topic_of(event_type: EventType) -> str:
    """Return the topic of an event type; of those on two topics, the public one."""
    if event_type in PRESS_ONLY:
        return ARTICLES_EMBARGOED
    return _BY_SUBJECT[event_type.partition(".")[0]]
