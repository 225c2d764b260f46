# SPDX-License-Identifier: EUPL-1.2
"""A machine's words never go live: somebody must have saved or confirmed them."""

from collections.abc import Collection

from content_api.domain.document import Document
from content_api.domain.segments import segments
from content_api.domain.translation import Origin, check_seen_by_a_person
from content_api.ports import UnitOfWork


def refuse_machine_only(
    unit: UnitOfWork, article_id: str, document: Document, locales: Collection[str] | None = None
) -> None:
    """Refuse these languages of the document, or all of them, where only a machine has seen them.

    Raises:
        MachineOnly: nobody has saved or confirmed one of them.
    """
    check_seen_by_a_person(
        [
            locale
            for locale, record in unit.translations.latest(article_id).items()
            if record.origin is Origin.MACHINE
            and locale in (document.locales if locales is None else locales)
            and segments(unit.drafts.get(article_id, record.draft).document, locale)
            == segments(document, locale)
        ]
    )
