# SPDX-License-Identifier: EUPL-1.2
"""What the desk asks about drafts, and what differs between two of them, or two versions."""

from collections.abc import Sequence

import orjson

from content_api.domain.desk_article import Draft
from content_api.domain.diff import Comparison, compare
from content_api.domain.document_codec import to_json
from content_api.domain.errors import NoSuchDraft
from content_api.ports import Deps, UnitOfWork


def list_drafts(
    article_id: str, deps: Deps, *, before: int | None, limit: int
) -> tuple[Sequence[Draft], int | None]:
    """Return a page of drafts, newest first, and the number to go on from."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        found = unit.drafts.page(article_id, before, limit + 1)
    page = found[:limit]
    return page, page[-1].number if len(found) > limit else None


def read_one_draft(article_id: str, number: int, deps: Deps) -> Draft:
    """Return a draft, or raise NoSuchArticle or NoSuchDraft."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        return _draft(unit, article_id, number)


def compare_drafts(article_id: str, before: int, now: int, deps: Deps) -> Comparison:
    """Return what differs between two drafts, or raise NoSuchArticle or NoSuchDraft."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        documents = [_draft(unit, article_id, number).document for number in (before, now)]
    old, new = (orjson.loads(to_json(document)) for document in documents)
    return compare(old, new)


def compare_versions(article_id: str, before: int, now: int, deps: Deps) -> Comparison:
    """Return what differs between published versions, or raise NoSuchArticle or NoSuchVersion."""
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        old, new = (unit.versions.get(article_id, version) for version in (before, now))
    return compare(orjson.loads(old), orjson.loads(new))


def _draft(unit: UnitOfWork, article_id: str, number: int) -> Draft:
    draft = unit.drafts.find(article_id, number)
    if draft is None:
        raise NoSuchDraft(number)
    return draft
