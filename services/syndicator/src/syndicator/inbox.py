# SPDX-License-Identifier: EUPL-1.2
"""Events from Kafka to use cases. Handling one again changes nothing."""

from typing import Final

import structlog
from structlog.contextvars import bound_contextvars

from communique.events.article import Article
from communique.events.codec import Payload
from communique.events.envelope import Event, EventType
from communique.events.media import Asset
from communique.events.topics import ARTICLES, ASSETS
from syndicator.ports import Deps
from syndicator.use_cases.keep_asset import keep_asset
from syndicator.use_cases.plan import plan_version, replay_version

log = structlog.get_logger()
TOPICS: Final = (ARTICLES, ASSETS)
GROUP: Final = "syndicator"


class Inbox:
    """Takes articles and assets."""

    def __init__(self, deps: Deps) -> None:
        """Take what the use cases need."""
        self._deps = deps

    def handle(self, event: Event, payload: Payload) -> None:
        """Act on one event, in one transaction that is committed before this returns."""
        if isinstance(payload, Asset):
            keep_asset(payload, self._deps)
        elif isinstance(payload, Article):
            with bound_contextvars(article_id=payload.id, version=payload.version):
                self._article(event, payload)

    def _article(self, event: Event, article: Article) -> None:
        if event.type is EventType.ARTICLE_REPLAYED:
            replay_version(article, self._deps)
        elif not plan_version(article, self._deps):
            log.info("version known already")
