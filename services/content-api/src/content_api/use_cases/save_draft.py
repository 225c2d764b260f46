# SPDX-License-Identifier: EUPL-1.2
"""Write the next draft of an article: all of it, one language, or an earlier draft again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from communique.events.article import Localization
from content_api.domain.clean import clean_document, clean_localization
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.document import Document
from content_api.domain.errors import NoSuchDraft
from content_api.domain.fit import check_fit
from content_api.domain.locks import EVERY_LOCALE, check_free
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.check_references import check_references
from content_api.use_cases.keep_translations import check_source_draft, keep_translations


def save_draft(
    article_id: str,
    document: Document,
    deps: Deps,
    *,
    caller: str,
    seen: int,
    change_note: str | None = None,
) -> tuple[DeskArticle, Draft]:
    """Put a document in the place of the current draft; `seen` is the draft it was made from.

    Raises:
        InvalidInput: the document cannot be kept as it is, or refers to what there is not.
        NoSuchArticle, Stale, NotNow, LockHeld: it cannot be changed.
    """
    cleaned = clean_document(document)
    told = Told(caller, seen, change_note)
    return _save(article_id, lambda _current: cleaned, deps, told)


def save_locale(
    article_id: str,
    locale: str,
    localization: Localization,
    deps: Deps,
    *,
    caller: str,
    seen: int,
    change_note: str | None = None,
    source_draft: int | None = None,
) -> tuple[DeskArticle, Draft]:
    """Put one language in the current draft's place; the others stay as they are.

    `source_draft` is the draft whose source a translation was made from; without it, what has
    changed in the translation was made from the present source.

    Raises:
        InvalidInput: the text cannot be kept as it is, or there is no such source draft.
        NoSuchArticle, Stale, NotNow, LockHeld: it cannot be changed.
    """
    cleaned = clean_localization(localization)
    told = Told(caller, seen, change_note, locale=locale, source_draft=source_draft)
    return _save(article_id, lambda current: current.with_locale(locale, cleaned), deps, told)


def restore_draft(
    article_id: str,
    number: int,
    deps: Deps,
    *,
    caller: str,
    seen: int,
    change_note: str | None = None,
) -> tuple[DeskArticle, Draft]:
    """Put an earlier draft, as it was, in the current one's place.

    Raises:
        NoSuchDraft: there is no draft of that number.
        NoSuchArticle, Stale, NotNow, LockHeld: it cannot be changed.
    """
    with deps.unit_of_work() as unit:
        unit.articles.get(article_id)
        earlier = unit.drafts.find(article_id, number)
    if earlier is None:
        raise NoSuchDraft(number)
    told = Told(caller, seen, change_note, restored_from=number)
    return _save(article_id, lambda _current: earlier.document, deps, told)


@dataclass(frozen=True, slots=True)
class Told:
    """Who saves, on sight of which draft, and what of it is kept."""

    caller: str
    seen: int
    change_note: str | None
    restored_from: int | None = None
    locale: str = EVERY_LOCALE
    source_draft: int | None = None


def _save(
    article_id: str, change: Callable[[Document], Document], deps: Deps, told: Told
) -> tuple[DeskArticle, Draft]:
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        current.check_current(told.seen)
        check_source_draft(current, told.source_draft)
        before = unit.drafts.get(article_id, current.draft_number).document
        saved, draft = write_draft(unit, current, before, change(before), told)
        keep_translations(unit, draft, locale=told.locale, source_draft=told.source_draft)
        return saved, draft


def write_draft(
    unit: UnitOfWork, current: DeskArticle, before: Document, document: Document, told: Told
) -> tuple[DeskArticle, Draft]:
    """Write the next draft of a locked article in the unit given.

    Raises:
        InvalidInput: it would move a schedule, or refers to what there is not.
        NotNow, LockHeld: it cannot be changed.
    """
    check_free(unit.locks.of(current.id), told.locale, told.caller, unit.now())
    saved = current.saved(unit.now())
    current.check_embargo(before, document)
    check_fit(document)
    if told.locale == EVERY_LOCALE:
        check_references(document, unit.registers)
    draft = Draft(
        current.id,
        saved.draft_number,
        document,
        told.caller,
        unit.now(),
        told.change_note,
        told.restored_from,
    )
    unit.drafts.add(draft)
    unit.articles.save(saved)
    unit.audit.add(told.caller, "save", current.id, _details(draft))
    return saved, draft


def _details(draft: Draft) -> dict[str, Any]:
    known = {
        "draft": draft.number,
        "restored_from": draft.restored_from,
        "change_note": draft.change_note,
    }
    return {name: value for name, value in known.items() if value is not None}
