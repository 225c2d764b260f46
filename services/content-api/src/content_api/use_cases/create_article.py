# SPDX-License-Identifier: EUPL-1.2
"""Begin an article with its first draft."""

from dataclasses import dataclass

from communique.ids import new_id
from content_api.domain.clean import clean_document
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.document import Document
from content_api.domain.errors import IdTaken
from content_api.domain.fit import check_fit
from content_api.domain.states import State
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.check_references import check_references


@dataclass(frozen=True, slots=True)
class Created:
    """The article, and whether this call made it."""

    article: DeskArticle
    draft: Draft
    new: bool


def create_article(
    document: Document, deps: Deps, *, caller: str, article_id: str | None = None
) -> Created:
    """Write the first draft. The same content under the same chosen id again changes nothing.

    Raises:
        InvalidInput: the document cannot be kept as it is, or refers to what there is not.
        IdTaken: the id belongs to an article that began with other content.
    """
    cleaned = clean_document(document)
    check_fit(cleaned)
    with deps.unit_of_work() as unit:
        check_references(cleaned, unit.registers)
        moment = unit.now()
        article = DeskArticle(
            id=article_id or new_id(),
            state=State.DRAFT,
            draft_number=1,
            created_by=caller,
            created_at=moment,
            updated_at=moment,
        )
        draft = Draft(article.id, 1, cleaned, caller, moment)
        if not unit.articles.add(article):
            return _known(unit, article.id, cleaned)
        unit.drafts.add(draft)
        unit.audit.add(caller, "create", article.id, {"draft": 1})
        return Created(article, draft, new=True)


def _known(unit: UnitOfWork, article_id: str, document: Document) -> Created:
    article = unit.articles.get(article_id)
    first = unit.drafts.get(article_id, 1)
    if first.document != document:
        raise IdTaken(article_id)
    return Created(article, unit.drafts.get(article_id, article.draft_number), new=False)
