# SPDX-License-Identifier: EUPL-1.2
"""Tell the press tier: what it may hold in trust, and when that ends."""

from communique.events.article import Article
from communique.events.envelope import EventType
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.embargo import (
    ANNOUNCED,
    Held,
    HeldState,
    cancelled_form,
    for_press,
    held_form,
    lifted_form,
    same_words,
)
from content_api.domain.states import State
from content_api.ports import UnitOfWork

_NOT_FOR_PRESS = "No longer for the press before its embargo lifts."


def inform_press(unit: UnitOfWork, record: DeskArticle, document: Document) -> None:
    """Give the press the document of a scheduled article, and each later one that is approved."""
    before = unit.embargoed.get(record.id)
    if for_press(record, document):
        held = held_form(record, document, before)
        if before is None or not same_words(held, before):
            unit.embargoed.put(held, ANNOUNCED[held.article.revision])
    elif record.state is State.SCHEDULED and record.approved:
        cancel_for_press(unit, record, _NOT_FOR_PRESS)


def lift_for_press(unit: UnitOfWork, public: Article) -> None:
    """Tell the press that what it holds is public now."""
    before = _held(unit, public.id)
    if before is not None:
        unit.embargoed.put(lifted_form(public, before), EventType.ARTICLE_RELEASED)


def cancel_for_press(unit: UnitOfWork, record: DeskArticle, notice: str) -> None:
    """Tell the press that what it holds will not come, and why."""
    before = _held(unit, record.id)
    if before is not None:
        withdrawn = cancelled_form(record, notice, before, unit.now())
        unit.embargoed.put(withdrawn, EventType.ARTICLE_RECALLED)


def _held(unit: UnitOfWork, article: str) -> Held | None:
    found = unit.embargoed.get(article)
    return found if found is not None and found.state is HeldState.HELD else None
