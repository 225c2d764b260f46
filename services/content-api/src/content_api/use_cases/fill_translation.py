# SPDX-License-Identifier: EUPL-1.2
"""Write the next draft with texts put into one language, and what those were made from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from content_api.domain.document import Document
from content_api.domain.filling import fill
from content_api.domain.translation import Made, Origin, Row, carried
from content_api.ports import UnitOfWork
from content_api.use_cases.keep_translations import Standing, add_record
from content_api.use_cases.save_draft import Told, write_draft


def fill_translation(
    unit: UnitOfWork,
    found: Standing,
    rows: Sequence[Row],
    texts: Mapping[str, str],
    *,
    caller: str,
    machine: str | None = None,
) -> None:
    """Put in the texts; `machine` names the translator when that is one.

    Raises:
        InvalidInput, NotNow: it cannot be kept.
        WouldBeLost: text of the translation has no place in the form that its source has now.
    """
    targets = {
        row.source.address: row.target.address
        for row in rows
        if row.source is not None and row.target is not None
    }
    filled = fill(found.document, found.locale, texts, targets)
    document = filled.document
    if machine is not None:
        document = _by_machine(document, found.locale, machine)
    draft = found.draft
    if document != found.document:
        told = Told(caller, found.draft.number, None, locale=found.locale)
        _, draft = write_draft(unit, found.article, found.document, document, told)
    links = carried(
        found.links,
        found.document,
        document,
        found.locale,
        source=document,
        made=Made(draft.number, filled.pairs, addresses=filled.made),
        documents=found.documents,
    )
    origin = Origin.IMPORTED if machine is None else Origin.MACHINE
    add_record(unit, draft, found.locale, draft.number, origin, machine or caller, links)


def _by_machine(document: Document, locale: str, machine: str) -> Document:
    text = replace(document.locales[locale], machine_translated=True, translator=machine)
    return document.with_locale(locale, text)
