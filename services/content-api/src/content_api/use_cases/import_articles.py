# SPDX-License-Identifier: EUPL-1.2
"""Take in what another system has published: as versions, on their own dates, told as replayed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from communique.errors import Refused
from communique.events.article import Revision
from communique.ids import new_id
from content_api.domain.clean import clean_document
from content_api.domain.desk_article import DeskArticle, Draft
from content_api.domain.document import Document
from content_api.domain.edition import whole_edition
from content_api.domain.errors import SlugTaken
from content_api.domain.states import State, Step
from content_api.ports import Deps, UnitOfWork
from content_api.use_cases.check_references import check_references


class Outcome(StrEnum):
    """What became of an item."""

    IMPORTED = "imported"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article of a source, ready to be kept; `hash` tells whether its source has changed it."""

    item: str
    hash: bytes
    document: Document
    published_at: datetime
    modified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one item, and why if it was refused."""

    item: str
    outcome: Outcome
    article: str | None = None
    reasons: tuple[str, ...] = ()


def import_articles(
    source: str, incoming: Sequence[Incoming], deps: Deps, *, caller: str, dry: bool = False
) -> list[Taken]:
    """Import a batch in one transaction; what was imported before is left as it is.

    An item that cannot be taken in undoes nothing of the others. With `dry`, nothing is kept.
    """
    taken: list[Taken] = []
    with suppress(_DryRun), deps.unit_of_work() as unit:
        known = unit.imports.known(source, [each.item for each in incoming])
        taken.extend(_take(unit, source, each, known.get(each.item), caller) for each in incoming)
        _undo_if(dry)
    return taken


class _DryRun(Exception):
    """Ends a transaction that was only tried."""


def _undo_if(dry: bool) -> None:  # noqa: FBT001  # reads as a sentence
    if dry:
        raise _DryRun


def _take(
    unit: UnitOfWork, source: str, incoming: Incoming, known: bytes | None, caller: str
) -> Taken:
    if known is not None:
        if known == incoming.hash:
            return Taken(incoming.item, Outcome.KNOWN)
        reason = "has changed at its source since it was imported; change it here at the desk"
        return Taken(incoming.item, Outcome.REFUSED, reasons=(reason,))
    try:
        with unit.attempt():
            article = _publish(unit, incoming, caller)
            unit.imports.add(source, incoming.item, incoming.hash, article)
    except Refused as refusal:
        return Taken(incoming.item, Outcome.REFUSED, reasons=_reasons(refusal))
    return Taken(incoming.item, Outcome.IMPORTED, article=article)


def _publish(unit: UnitOfWork, incoming: Incoming, caller: str) -> str:
    document = clean_document(incoming.document)
    check_references(document, unit.registers)
    record = _record(incoming, unit.now(), caller)
    edition = whole_edition(record, document, Revision.ORIGINAL, {}, None)
    unit.articles.add(record)
    unit.drafts.add(Draft(record.id, 1, document, caller, unit.now()))
    slugs = {locale: text.slug for locale, text in document.locales.items()}
    taken = unit.versions.claim_slugs(record.id, slugs)
    if taken:
        raise SlugTaken(sorted(taken))
    unit.versions.publish(edition.article, edition.finished, replayed=True)
    unit.locales.save(edition.lives)
    unit.audit.add(caller, "import", record.id, {"item": incoming.item, "version": 1})
    return record.id


def _record(incoming: Incoming, now: datetime, caller: str) -> DeskArticle:
    begun = DeskArticle(
        id=new_id(),
        state=State.DRAFT,
        draft_number=1,
        created_by=caller,
        created_at=now,
        updated_at=now,
    )
    public = begun.approve(caller, now).made_public(Step.PUBLISH, incoming.published_at)
    changed = incoming.modified_at or incoming.published_at
    return replace(public, published_at=max(changed, incoming.published_at), updated_at=now)


def _reasons(refusal: Refused) -> tuple[str, ...]:
    named = [f"{place}: {line}" for place, lines in refusal.errors.items() for line in lines]
    return tuple(named) or (refusal.detail,)
