# SPDX-License-Identifier: EUPL-1.2
"""What the desk asks about articles: the current draft, the versions, the deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass

from communique.events.delivery import Receipt
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.states import State
from content_api.ports import DeliveryEvent, Deps, VersionLine


@dataclass(frozen=True, slots=True)
class DeliveryBoard:
    """Where an article stands on every channel, and how it came to that."""

    article: str
    version: int
    items: Sequence[Receipt]
    history: Sequence[DeliveryEvent]

    @property
    def closed(self) -> bool:
        """Tell whether every channel has what it should have of the present version."""
        return bool(self.items) and all(
            receipt.closed and receipt.wanted_version >= self.version for receipt in self.items
        )


def read_draft(article_id: str, deps: Deps) -> tuple[DeskArticle, Draft]:
    """Return an article and its current draft, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        return article, unit.drafts.get(article_id, article.draft_number)


def list_articles(
    deps: Deps, *, state: State | None, before: str | None, limit: int
) -> tuple[Sequence[DeskArticle], str | None]:
    """Return a page of articles, newest first, and the id to go on from."""
    with deps.unit_of_work() as unit:
        found = unit.articles.page(state, before, limit + 1)
    page = found[:limit]
    return page, page[-1].id if len(found) > limit else None


def list_versions(article_id: str, deps: Deps) -> Sequence[VersionLine]:
    """Return the published versions, newest first, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        return unit.versions.list(article_id)


def read_version(article_id: str, version: int, deps: Deps) -> bytes:
    """Return a published version, or raise NoSuchArticle or NoSuchVersion."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        return unit.versions.get(article_id, version)


def list_deliveries(article_id: str, deps: Deps) -> DeliveryBoard:
    """Return what became of the article on every channel, or raise NoSuchArticle."""
    with deps.unit_of_work() as unit:
        article = unit.articles.get(article_id)
        latest = unit.deliveries.latest(article_id)
        return DeliveryBoard(
            article_id, article.version, latest, unit.deliveries.history(article_id)
        )
