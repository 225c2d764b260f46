# SPDX-License-Identifier: EUPL-1.2
"""Write the next draft of an article: all of it, or one language."""

from collections.abc import Callable

from communique.events.article import Localization
from content_api.domain.clean import clean_document, clean_localization
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.document import Document
from content_api.ports import Deps


def save_draft(
    article_id: str, document: Document, deps: Deps, *, caller: str, seen: int
) -> tuple[DeskArticle, Draft]:
    """Put a document in the place of the current draft; `seen` is the draft it was made from.

    Raises:
        InvalidInput: the document cannot be kept as it is.
        NoSuchArticle, Stale, NotNow: it cannot be changed.
    """
    cleaned = clean_document(document)
    return _save(article_id, lambda _current: cleaned, deps, caller=caller, seen=seen)


def save_locale(
    article_id: str,
    locale: str,
    localization: Localization,
    deps: Deps,
    *,
    caller: str,
    seen: int,
) -> tuple[DeskArticle, Draft]:
    """Put one language in the current draft's place; the others stay as they are.

    Raises:
        InvalidInput: the text cannot be kept as it is.
        NoSuchArticle, Stale, NotNow: it cannot be changed.
    """
    cleaned = clean_localization(localization)
    return _save(
        article_id,
        lambda current: current.with_locale(locale, cleaned),
        deps,
        caller=caller,
        seen=seen,
    )


def _save(
    article_id: str,
    change: Callable[[Document], Document],
    deps: Deps,
    *,
    caller: str,
    seen: int,
) -> tuple[DeskArticle, Draft]:
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(seen)
        saved = current.saved(unit.now())
        document = change(unit.drafts.get(article_id, current.draft_number).document)
        draft = Draft(article_id, saved.draft_number, document, caller, unit.now())
        unit.drafts.add(draft)
        unit.articles.save(saved)
        unit.audit.add(caller, "save", article_id, {"draft": draft.number})
        return saved, draft
