# SPDX-License-Identifier: EUPL-1.2
"""A desk of three people who take an article through its life in one line."""

from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.ports import Deps
from content_api.use_cases.approve import approve
from content_api.use_cases.create_article import create_article
from content_api.use_cases.publish import correct, publish
from content_api.use_cases.save_draft import save_draft


class Desk:
    """Author, editor and publisher, working on any store."""

    def __init__(self, deps: Deps) -> None:
        """Take what the use cases need."""
        self.deps = deps

    def create(self, document: Document) -> DeskArticle:
        """Write a first draft."""
        return create_article(document, self.deps, caller="author").article

    def approved(self, document: Document) -> DeskArticle:
        """Write a first draft and approve it."""
        return self.approve(self.create(document))

    def live(self, document: Document) -> DeskArticle:
        """Write, approve and publish."""
        return self.publish(self.approved(document))

    def save(self, article: DeskArticle, document: Document) -> DeskArticle:
        """Write the next draft."""
        saved, _ = save_draft(
            article.id, document, self.deps, caller="author", seen=article.draft_number
        )
        return saved

    def approve(self, article: DeskArticle) -> DeskArticle:
        """Approve the current draft."""
        return approve(article.id, self.deps, caller="editor", seen=article.draft_number)

    def publish(self, article: DeskArticle) -> DeskArticle:
        """Publish or schedule the current draft."""
        return publish(article.id, self.deps, caller="publisher", seen=article.draft_number)

    def correct(self, article: DeskArticle, document: Document) -> DeskArticle:
        """Write, approve and publish a correction."""
        ready = self.approve(self.save(article, document))
        return correct(ready.id, self.deps, caller="publisher", seen=ready.draft_number)
