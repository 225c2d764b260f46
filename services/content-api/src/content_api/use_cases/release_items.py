# SPDX-License-Identifier: EUPL-1.2
"""What the items of a release wait for."""

from collections.abc import Mapping
from datetime import datetime

from communique.clock import rfc3339
from content_api.domain.desk_article import DeskArticle
from content_api.domain.document import Document
from content_api.domain.finished import WHOLE
from content_api.domain.locale_life import life_of
from content_api.domain.release import Item, Release, ReleaseState
from content_api.domain.states import State
from content_api.ports import UnitOfWork
from content_api.use_cases.review_locale import is_approved, words_of

#: By the number of the item; an item that is ready, or out, is not named.
Reasons = Mapping[int, str]


def reasons_of(unit: UnitOfWork, release: Release) -> Reasons:
    """Tell what each item waits for, as of the release's moment or now, whichever is later."""
    if release.state in (ReleaseState.PUBLISHED, ReleaseState.CANCELLED):
        return {}
    moment = max(release.publish_at or unit.now(), unit.now())
    found = {
        number: _reason(unit, item, moment)
        for number, item in enumerate(release.items)
        if item.version is None
    }
    return {number: reason for number, reason in found.items() if reason is not None}


def _reason(unit: UnitOfWork, item: Item, moment: datetime) -> str | None:
    current = unit.articles.get(item.article)
    if current.state is State.RETRACTED:
        return "The article has been retracted."
    document = words_of(unit, current)
    if item.locale != WHOLE and item.locale not in document.locales:
        return f"The draft has no text in {item.locale}."
    return (
        _unapproved(unit, current, document, item)
        or _embargo(document, moment)
        or _address(unit, current, document, item)
    )


def _unapproved(
    unit: UnitOfWork, current: DeskArticle, document: Document, item: Item
) -> str | None:
    if item.locale == WHOLE:
        if current.approved or (current.published and current.state is State.LIVE):
            return None
        return f"Draft {current.draft_number} has not been approved."
    if current.state is State.SCHEDULED:
        return "The article is scheduled as a whole."
    life = life_of(unit.locales.of(current.id), current.id, item.locale)
    if is_approved(unit, current, life, document):
        return None
    return f"The text in {item.locale} has not been approved."


def _embargo(document: Document, moment: datetime) -> str | None:
    until = document.embargo_until
    if until is None or until <= moment:
        return None
    return f"Under embargo until {rfc3339(until)}."


def _address(unit: UnitOfWork, current: DeskArticle, document: Document, item: Item) -> str | None:
    slugs = {
        locale: text.slug
        for locale, text in document.locales.items()
        if item.locale in (WHOLE, locale)
    }
    owners = unit.versions.slug_owners(slugs)
    taken = sorted(locale for locale, owner in owners.items() if owner != current.id)
    return f"Another article has the address in {', '.join(taken)}." if taken else None
